/** What is known of the device itself: the only facts that the locked screen may show. */

/** The facts of a device that was just paired. */
export function aboutOf(paired, name) {
  const { fair, station, departure, direction, rights, shift } = paired;
  return {
    fair: fair.name,
    slug: fair.slug,
    zone: fair.time_zone,
    deviceName: name,
    station: station?.name ?? departure?.name ?? "",
    kind: station?.kind ?? "bus",
    departure: departure ?? null,
    direction,
    rights,
    phone: shift.phone,
    expiresAt: new Date(paired.expires_at),
    offset: 0,
  };
}

/** When the fair's day begins; what is scanned before is a rehearsal. */
function dayOf({ day_begins: begins }) {
  return begins ? new Date(begins) : undefined;
}

/** The facts as a roster's answer makes them; what it doesn't say stays. */
export function updated(about, { fair, station, device, shift, expires_at: expires }) {
  const told = {
    ...(fair && { fair: fair.name, zone: fair.time_zone, dayBegins: dayOf(fair) }),
    ...(station && { station: station.name, kind: station.kind }),
    ...(device && { direction: device.direction, rights: device.rights }),
    ...(shift && { phone: shift.phone }),
    ...(expires && { expiresAt: new Date(expires) }),
  };
  const known = Object.entries(told).filter(([, value]) => value !== undefined);
  return { ...about, ...Object.fromEntries(known) };
}

/** What the self test asks of the engine. */
export async function checksOf(engine) {
  const { people, rosterAt } = engine.counts;
  return {
    https: window.isSecureContext,
    roster: rosterAt && { people, ageMs: Math.max(0, engine.now() - rosterAt) },
    persisted: (await navigator.storage?.persisted?.().catch(() => false)) ?? false,
    clock: engine.about && { offsetMs: engine.about.offset },
    samples: engine.session?.roster.samples.size ?? 0,
  };
}
