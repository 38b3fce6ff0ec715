/** Black and white by what is around each point, so that shadows, lamps and haze don't matter. */

const OPAQUE = 0xff000000;
const WHITE = 0xffffffff;

/**
 * The picture (ImageData) in black and white: a point is dark that is darker than the mean of the
 * square which reaches so many pixels around it. It is smoothed so many times before.
 */
export function relief({ data, width, height }, { smoothed, around }) {
  let grey = greyOf(data);
  for (let turn = 0; turn < smoothed; turn += 1) grey = smooth(grey, width, height);
  return compare(grey, sumsOf(grey, width, height), { width, height, around });
}

function greyOf(pixels) {
  const grey = new Uint8Array(pixels.length / 4);
  for (let place = 0, at = 0; place < grey.length; place += 1, at += 4) {
    grey[place] = (77 * pixels[at] + 150 * pixels[at + 1] + 29 * pixels[at + 2]) >> 8;
  }
  return grey;
}

/** The mean of nine neighbours everywhere but at the edges, where no code is read anyway. */
function smooth(grey, width, height) {
  const soft = grey.slice();
  const threes = new Uint16Array(grey.length);
  for (let place = 1; place < grey.length - 1; place += 1) {
    threes[place] = grey[place - 1] + grey[place] + grey[place + 1];
  }
  for (let place = width; place < width * (height - 1); place += 1) {
    soft[place] = (threes[place - width] + threes[place] + threes[place + width]) / 9;
  }
  return soft;
}

/** The sums of all that is above and before each point, a row and a column larger. */
function sumsOf(grey, width, height) {
  const wide = width + 1;
  const sums = new Uint32Array(wide * (height + 1));
  for (let y = 0, place = 0; y < height; y += 1) {
    let row = 0;
    for (let at = (y + 1) * wide + 1; at < (y + 2) * wide; at += 1, place += 1) {
      row += grey[place];
      sums[at] = sums[at - wide] + row;
    }
  }
  return sums;
}

function compare(grey, sums, { width, height, around }) {
  const wide = width + 1;
  const points = new Uint32Array(grey.length);
  for (let y = 0, place = 0; y < height; y += 1) {
    const above = Math.max(0, y - around);
    const below = Math.min(height, y + around + 1);
    for (let x = 0; x < width; x += 1, place += 1) {
      const before = x > around ? x - around : 0;
      const after = x + around < width ? x + around + 1 : width;
      const sum =
        sums[below * wide + after] -
        sums[below * wide + before] -
        sums[above * wide + after] +
        sums[above * wide + before];
      const dark = grey[place] * (below - above) * (after - before) < sum;
      points[place] = dark ? OPAQUE : WHITE;
    }
  }
  return new ImageData(new Uint8ClampedArray(points.buffer), width, height);
}
