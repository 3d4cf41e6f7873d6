"""Pictures as qemu dumps them: PPM files, compared pixel by pixel. Python's own library only."""
import subprocess


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


def differing_share(one, other, left, top, right, bottom):
    """Of the pixels of an area, 0..1; an area of one colour only shows nothing and is a mistake."""
    (width, height, a), (other_width, other_height, b) = one, other
    assert (width, height) == (other_width, other_height), f"{width}x{height} against {other_width}x{other_height}"
    differing = total = 0
    colours = set()
    for y in range(top, bottom):
        for x in range(left, right):
            at = 3 * (y * width + x)
            differing += a[at:at + 3] != b[at:at + 3]
            colours.add(b[at:at + 3])
            total += 1
    assert len(colours) > 2, "nothing is drawn there"
    return differing / total


def is_dark(shot):
    return max(read(shot)[2][::997]) < 40


def light_bytes(shot, top, bottom):
    """How much of these lines is light; writing on a dark wall is."""
    width, _, pixels = read(shot)
    return sum(value > 200 for value in pixels[3 * width * top:3 * width * bottom])
