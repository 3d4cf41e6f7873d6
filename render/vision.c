/*
 * Missing cones after Machado, Oliveira and Fernandes (2009), severity 1.0: a matrix on linear sRGB. The
 * difference is CIEDE2000, numbered as in Sharma, Wu and Dalal (2005), with all three weights 1.
 */
#include "render/vision.h"

#include <math.h>
#include <stddef.h>
#include <string.h>

static const double pi = 3.14159265358979323846;

struct light {
    double red, green, blue; /* linear, 0 to 1 */
};

static const char *const names[VISION_COUNT] = {"normal", "protan", "deutan", "tritan"};

static const double cones[VISION_COUNT][3][3] = {
    [VISION_NORMAL] = {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}},
    [VISION_PROTAN] = {{0.152286, 1.052583, -0.204868},
                       {0.114503, 0.786281, 0.099216},
                       {-0.003882, -0.048116, 1.051998}},
    [VISION_DEUTAN] = {{0.367322, 0.860646, -0.227968},
                       {0.280085, 0.672501, 0.047413},
                       {-0.011820, 0.042940, 0.968881}},
    [VISION_TRITAN] = {{1.255528, -0.076749, -0.178779},
                       {-0.078411, 0.930809, 0.147602},
                       {0.004733, 0.691367, 0.303900}},
};

bool vision_parse(const char *name, enum vision *vision)
{
    for (int i = 0; i < VISION_COUNT; i++) {
        if (strcmp(name, names[i]) != 0)
            continue;
        *vision = (enum vision)i;
        return true;
    }
    return false;
}

/* ---- a colour through an eye ---- */

static double mixed(const double *share, struct light light)
{
    double sum = share[0] * light.red + share[1] * light.green + share[2] * light.blue;
    return fmin(fmax(sum, 0), 1);
}

static struct light light_seen(colour value, enum vision vision)
{
    struct light light = {theme_light(value, 16), theme_light(value, 8), theme_light(value, 0)};
    const double(*cone)[3] = cones[vision];
    return (struct light){mixed(cone[0], light), mixed(cone[1], light), mixed(cone[2], light)};
}

colour vision_seen(colour value, enum vision vision)
{
    struct light light = light_seen(value, vision);
    return theme_channel(light.red, 16) | theme_channel(light.green, 8) | theme_channel(light.blue, 0);
}

/* A wall is mostly plain: the same colour again and again. */
static void line_seen(const uint32_t *from, uint32_t *to, int count, enum vision vision)
{
    colour last = 0, seen = vision_seen(0, vision);
    for (int x = 0; x < count; x++) {
        colour value = from[x] & 0xffffffu;
        if (value != last)
            seen = vision_seen(value, vision);
        last = value;
        to[x] = 0xff000000u | seen;
    }
}

struct canvas *vision_picture(const struct canvas *canvas, enum vision vision)
{
    struct canvas *seen = canvas_create(canvas->width_px, canvas->height_px, NULL);
    for (int y = 0; y < canvas->height_px; y++)
        line_seen(canvas->pixels + (size_t)y * (size_t)canvas->stride_px,
                  seen->pixels + (size_t)y * (size_t)seen->stride_px, canvas->width_px, vision);
    return seen;
}

/* ---- how different two colours are ---- */

static double lab_curve(double share)
{
    static const double knee = 6.0 / 29;
    return share > knee * knee * knee ? cbrt(share) : share / (3 * knee * knee) + 4.0 / 29;
}

static struct lab lab_of(struct light light)
{
    double x = 0.4124564 * light.red + 0.3575761 * light.green + 0.1804375 * light.blue;
    double y = 0.2126729 * light.red + 0.7151522 * light.green + 0.0721750 * light.blue;
    double z = 0.0193339 * light.red + 0.1191920 * light.green + 0.9503041 * light.blue;
    double fx = lab_curve(x / 0.95047), fy = lab_curve(y), fz = lab_curve(z / 1.08883);
    return (struct lab){116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)};
}

double vision_difference(colour a, colour b, enum vision vision)
{
    return lab_difference(lab_of(light_seen(a, vision)), lab_of(light_seen(b, vision)));
}

static double sine(double degrees)
{
    return sin(degrees * pi / 180);
}

static double cosine(double degrees)
{
    return cos(degrees * pi / 180);
}

/* 0 for small chroma, 1 for large. */
static double strong(double chroma)
{
    return sqrt(pow(chroma, 7) / (pow(chroma, 7) + pow(25, 7)));
}

/* A colour as a lightness, a chroma and an angle on the colour circle. */
struct lch {
    double l, chroma, hue; /* hue in degrees, 0 to 360 */
};

static struct lch lch_of(struct lab lab, double stretch)
{
    double a = lab.a * stretch;
    double hue = atan2(lab.b, a) * 180 / pi;
    return (struct lch){lab.l, hypot(a, lab.b), hue < 0 ? hue + 360 : hue};
}

/* The shorter way round, -180 to 180. */
static double hue_step(struct lch a, struct lch b)
{
    double step = b.hue - a.hue;
    return step > 180 ? step - 360 : step < -180 ? step + 360 : step;
}

/* In the middle of the shorter way. */
static double hue_between(struct lch a, struct lch b)
{
    double sum = a.hue + b.hue;
    if (fabs(a.hue - b.hue) <= 180)
        return sum / 2;
    return sum < 360 ? (sum + 360) / 2 : (sum - 360) / 2;
}

/* The eye is least sure of chroma and hue together around blue. */
static double blue_turn(double hue, double chroma)
{
    double off = (hue - 275) / 25;
    return -sine(60 * exp(-off * off)) * 2 * strong(chroma);
}

/* The hue of a grey, which it has not, counts for nothing: by_hue is 0 where one chroma is. */
static double difference(struct lch a, struct lch b)
{
    double l = (a.l + b.l) / 2, chroma = (a.chroma + b.chroma) / 2, hue = hue_between(a, b);
    double t = 1 - 0.17 * cosine(hue - 30) + 0.24 * cosine(2 * hue) + 0.32 * cosine(3 * hue + 6) -
               0.20 * cosine(4 * hue - 63);
    double off_grey = (l - 50) * (l - 50);
    double by_l = (b.l - a.l) / (1 + 0.015 * off_grey / sqrt(20 + off_grey));
    double by_chroma = (b.chroma - a.chroma) / (1 + 0.045 * chroma);
    double by_hue = 2 * sqrt(a.chroma * b.chroma) * sine(hue_step(a, b) / 2) / (1 + 0.015 * chroma * t);
    return sqrt(by_l * by_l + by_chroma * by_chroma + by_hue * by_hue +
                blue_turn(hue, chroma) * by_chroma * by_hue);
}

double lab_difference(struct lab a, struct lab b)
{
    double stretch = 1 + 0.5 * (1 - strong((hypot(a.a, a.b) + hypot(b.a, b.b)) / 2));
    return difference(lch_of(a, stretch), lch_of(b, stretch));
}
