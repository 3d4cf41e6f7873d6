"""Pictures as qemu dumps them: PPM files, compared pixel by pixel. Python's own library only."""
import subprocess

# a wall wanders at most so far in each direction, see render/orbit.h
ORBIT_PX = 4


def read(path):
    """Width, height and the RGB bytes of a PPM."""
    with open(path, "rb") as file:
        data = file.read()
    _, width, height, most = data[:64].split(None, 4)[:4]
    header = data.index(b"\n" + most + b"\n") + len(most) + 2
    return int(width), int(height), data[header:]


def from_png(png):
    ppm = png[:-len("png")] + "ppm"
    subprocess.run(["convert", png, ppm], check=True)
    return read(ppm)


def row(shot, left, right, y):
    width, _, pixels = shot
    return pixels[3 * (y * width + left):3 * (y * width + right)]


def is_drawn_on(shot, area):
    """An area that is one colour only shows nothing: comparing it would be a mistake."""
    left, top, right, bottom = area
    return len({row(shot, x, x + 1, y) for y in range(top, bottom, 2) for x in range(left, right, 2)}) > 2


def is_same(one, other, area, shift_x=0, shift_y=0):
    left, top, right, bottom = area
    return all(row(one, left + shift_x, right + shift_x, y + shift_y) == row(other, left, right, y) for y in range(top, bottom))


def shift_between(one, other, areas):
    """By how much `one` is moved, as a wall does against burn-in; None: in no place are all areas the same."""
    assert one[:2] == other[:2], f"{one[0]}x{one[1]} against {other[0]}x{other[1]}"
    for area in areas:
        assert is_drawn_on(other, area), f"nothing is drawn in {area}"
    near = sorted(((x, y) for x in range(-ORBIT_PX, ORBIT_PX + 1) for y in range(-ORBIT_PX, ORBIT_PX + 1)), key=lambda at: abs(at[0]) + abs(at[1]))
    return next((at for at in near if all(is_same(one, other, area, *at) for area in areas)), None)


def is_dark(shot):
    return max(read(shot)[2][::997]) < 40


def light_bytes(shot, top, bottom):
    """How much of these lines is light; writing on a dark wall is."""
    width, _, pixels = read(shot)
    return sum(value > 200 for value in pixels[3 * width * top:3 * width * bottom])
