A3: tuple[float, float]
A4: tuple[float, float]
A5: tuple[float, float]
