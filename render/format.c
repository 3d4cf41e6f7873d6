#include "render/format.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#define NARROW_SPACE "\u202f"
#define WIDE_SPACE   "\u00a0"
#define MINUS        "\u2212"
#define EM_DASH      "\u2014"
#define EURO         "\u20ac"

static const double largest_written = 1e15;

/* ---- pieces ---- */

static void figure_add(struct figure *figure, bool is_unit, const char *text)
{
    size_t used = strlen(figure->text);
    snprintf(figure->text + used, sizeof figure->text - used, "%s", text);
    struct figure_piece *last = figure->count ? &figure->piece[figure->count - 1] : NULL;
    if (!last || (last->is_unit != is_unit && figure->count < FIGURE_PIECES)) {
        last = &figure->piece[figure->count++];
        last->is_unit = is_unit;
        last->text[0] = '\0';
    }
    used = strlen(last->text);
    snprintf(last->text + used, sizeof last->text - used, "%s", text);
}

static void add_digits(struct figure *figure, const char *text)
{
    figure_add(figure, false, text);
}

static void add_unit(struct figure *figure, const char *text)
{
    figure_add(figure, true, text);
}

static void add_sign(struct figure *figure, double value, bool with_plus)
{
    if (value < 0)
        add_digits(figure, MINUS);
    else if (value > 0 && with_plus)
        add_digits(figure, "+");
}

/* ---- numbers ---- */

static double round_to(double value, int decimals)
{
    double power = pow(10, decimals);
    double magnitude = round(fabs(value) * power) / power;
    return value < 0 ? -magnitude : magnitude;
}

/* The magnitude with its groups of three and its decimal mark. */
static void add_magnitude(struct figure *figure, double rounded, int decimals, enum language language)
{
    char plain[48], grouped[96];
    snprintf(plain, sizeof plain, "%.*f", decimals, fabs(rounded));
    size_t whole = strcspn(plain, "."), used = 0;
    for (size_t i = 0; i < whole; i++) {
        if (i > 0 && (whole - i) % 3 == 0)
            used += (size_t)snprintf(grouped + used, sizeof grouped - used, "%s",
                                     language == LANGUAGE_FR ? NARROW_SPACE : ",");
        grouped[used++] = plain[i];
    }
    grouped[used] = '\0';
    add_digits(figure, grouped);
    if (plain[whole] == '.') {
        add_digits(figure, language == LANGUAGE_FR ? "," : ".");
        add_digits(figure, plain + whole + 1);
    }
}

struct number_kind {
    int decimals;
    bool with_plus;
    const char *unit[LANGUAGE_COUNT]; /* behind the number */
    const char *lead[LANGUAGE_COUNT]; /* before it */
};

static const struct number_kind kinds[FORMAT_COUNT] = {
    [FORMAT_INT] = {0, false, {"", ""}, {"", ""}},
    [FORMAT_PCT] = {1, false, {NARROW_SPACE "%", "%"}, {"", ""}},
    [FORMAT_SIGNED_PCT] = {1, true, {NARROW_SPACE "%", "%"}, {"", ""}},
    [FORMAT_SIGNED] = {0, true, {"", ""}, {"", ""}},
    [FORMAT_SCORE5] = {1, false, {"/5", "/5"}, {"", ""}},
    [FORMAT_EUR] = {0, false, {WIDE_SPACE EURO, ""}, {"", EURO}},
    [FORMAT_RATE_H] = {1, false, {NARROW_SPACE "/h", "/h"}, {"", ""}},
    [FORMAT_RATIO] = {2, false, {"", ""}, {"", ""}},
};

static void add_number(struct figure *figure, const struct figure_style *style, double value)
{
    const struct number_kind *kind = &kinds[style->format];
    int decimals = style->decimals >= 0 && style->decimals <= 6 ? style->decimals : kind->decimals;
    double rounded = round_to(value, decimals);
    add_sign(figure, rounded, kind->with_plus);
    if (*kind->lead[style->language])
        add_unit(figure, kind->lead[style->language]);
    add_magnitude(figure, rounded, decimals, style->language);
    if (*kind->unit[style->language])
        add_unit(figure, kind->unit[style->language]);
}

/* ---- durations ---- */

static void add_count(struct figure *figure, const char *format, long long count)
{
    char digits[32];
    snprintf(digits, sizeof digits, *format == '2' ? "%02lld" : "%lld", count);
    add_digits(figure, digits);
}

/* `decimals` of the seconds only where truth asks for them. */
static void add_clock(struct figure *figure, double seconds, int decimals, enum language language)
{
    double rounded = round_to(fabs(seconds), decimals);
    long long whole = (long long)floor(rounded);
    add_sign(figure, rounded > 0 ? seconds : 0, false);
    if (whole >= 3600) {
        add_count(figure, "1", whole / 3600);
        add_digits(figure, ":");
    }
    add_count(figure, "2", whole / 60 % 60);
    add_digits(figure, ":");
    add_count(figure, "2", whole % 60);
    if (decimals > 0) {
        char fraction[16];
        snprintf(fraction, sizeof fraction, "%.*f", decimals, rounded - floor(rounded));
        add_digits(figure, language == LANGUAGE_FR ? "," : ".");
        add_digits(figure, fraction + 2);
    }
}

/* Two counts with their units: "4 min 32 s". The second is left out where its unit is NULL. */
struct two_units {
    long long first, second;
    const char *first_unit[LANGUAGE_COUNT], *second_unit[LANGUAGE_COUNT];
    bool second_padded;
};

static void add_two_units(struct figure *figure, const struct two_units *parts, enum language language)
{
    add_count(figure, "1", parts->first);
    add_unit(figure, parts->first_unit[language]);
    if (!parts->second_unit[language])
        return;
    add_unit(figure, WIDE_SPACE);
    add_count(figure, parts->second_padded ? "2" : "1", parts->second);
    add_unit(figure, parts->second_unit[language]);
}

#define UNITS(fr, en)                                                                                        \
    {                                                                                                        \
        NARROW_SPACE fr, en                                                                                  \
    }

static void add_long(struct figure *figure, double seconds, enum language language)
{
    long long whole = llround(fabs(seconds));
    struct two_units parts = {whole, 0, UNITS("s", "s"), {NULL, NULL}, true};
    if (whole >= 3600)
        parts = (struct two_units){whole / 3600, whole / 60 % 60, UNITS("h", "h"), UNITS("min", "m"), true};
    else if (whole >= 60)
        parts = (struct two_units){whole / 60, whole % 60, UNITS("min", "m"), UNITS("s", "s"), true};
    add_sign(figure, whole ? seconds : 0, false);
    add_two_units(figure, &parts, language);
}

static void add_hours_minutes(struct figure *figure, double seconds, enum language language)
{
    long long whole = llround(fabs(seconds)), minutes = llround(fabs(seconds) / 60);
    struct two_units parts = {whole, 0, UNITS("s", "s"), {NULL, NULL}, false};
    if (minutes >= 48 * 60)
        parts =
            (struct two_units){minutes / 1440, minutes / 60 % 24, UNITS("j", "d"), UNITS("h", "h"), false};
    else if (minutes >= 60)
        parts = (struct two_units){minutes / 60, minutes % 60, UNITS("h", "h"), {"", "m"}, true};
    else if (whole >= 60)
        parts = (struct two_units){minutes, 0, UNITS("min", "m"), {NULL, NULL}, false};
    add_sign(figure, whole ? seconds : 0, false);
    add_two_units(figure, &parts, language);
}

/* ---- all together ---- */

static void add_value(struct figure *figure, const struct figure_style *style, double value)
{
    switch (style->format) {
    case FORMAT_DUR_CLOCK:
        add_clock(figure, value, style->decimals > 0 && style->decimals <= 3 ? style->decimals : 0,
                  style->language);
        break;
    case FORMAT_DUR_LONG:
        add_long(figure, value, style->language);
        break;
    case FORMAT_DUR_HM:
        add_hours_minutes(figure, value, style->language);
        break;
    default:
        add_number(figure, style, value);
    }
}

/* The catalogue repeats "/h" as the suffix of a rate: said once is enough. */
static void add_suffix(struct figure *figure, const struct figure_style *style)
{
    if (!style->suffix || !*style->suffix || style->format == FORMAT_RATE_H)
        return;
    add_unit(figure, style->language == LANGUAGE_FR ? NARROW_SPACE : WIDE_SPACE);
    add_unit(figure, style->suffix);
}

struct figure figure_make(const struct figure_style *style, double value)
{
    struct figure figure = {0};
    if (!isfinite(value)) {
        add_digits(&figure, EM_DASH);
        return figure;
    }
    if (fabs(value) >= largest_written) {
        add_digits(&figure, value > 0 ? "> 1e15" : "< " MINUS "1e15");
        return figure;
    }
    add_value(&figure, style, value);
    add_suffix(&figure, style);
    return figure;
}

/* ---- truth ---- */

static bool is_duration(enum number_format format)
{
    return format == FORMAT_DUR_CLOCK || format == FORMAT_DUR_LONG || format == FORMAT_DUR_HM;
}

/* What a reader takes the printed figure for. */
static double value_as_read(const struct figure_style *style, double value)
{
    if (style->format == FORMAT_DUR_CLOCK)
        return round_to(value, style->decimals > 0 ? style->decimals : 0);
    if (style->format == FORMAT_DUR_LONG)
        return fabs(value) >= 3600 ? copysign(floor(fabs(value) / 60) * 60, value) : round_to(value, 0);
    if (style->format == FORMAT_DUR_HM) {
        if (fabs(value) < 60)
            return round_to(value, 0);
        double minutes = round(fabs(value) / 60);
        return copysign(minutes >= 48 * 60 ? floor(minutes / 60) * 3600 : minutes * 60, value);
    }
    return round_to(value, style->decimals >= 0 ? style->decimals : kinds[style->format].decimals);
}

static bool same_side(double limit, double value, double read, double direction)
{
    return isnan(limit) || ((value - limit) * direction > 0) == ((read - limit) * direction > 0);
}

static bool tells_the_truth(const struct figure_style *style, double value, const struct limits *limits)
{
    double read = value_as_read(style, value);
    return same_side(limits->warn_low, value, read, -1) && same_side(limits->critical_low, value, read, -1) &&
           same_side(limits->warn_high, value, read, 1) && same_side(limits->critical_high, value, read, 1);
}

/* One step finer; false: there is none. */
static bool refine(struct figure_style *style)
{
    if (style->format == FORMAT_DUR_HM || style->format == FORMAT_DUR_LONG) {
        style->format = FORMAT_DUR_CLOCK;
        style->decimals = 0;
        return true;
    }
    if (style->decimals < 0)
        style->decimals = is_duration(style->format) ? 0 : kinds[style->format].decimals;
    if (style->decimals >= (is_duration(style->format) ? 3 : 6))
        return false;
    style->decimals++;
    return true;
}

struct figure figure_make_truthful(const struct figure_style *style, double value,
                                   const struct limits *limits)
{
    struct figure_style finer = *style;
    if (!isfinite(value) || fabs(value) >= largest_written)
        return figure_make(style, value);
    while (!tells_the_truth(&finer, value, limits))
        if (!refine(&finer))
            break;
    return figure_make(&finer, value);
}

struct figure figure_make_threshold(const struct figure_style *style, double value)
{
    struct figure_style exact = *style;
    if (is_duration(style->format)) {
        while (isfinite(value) && fabs(value_as_read(&exact, value) - value) > 1e-6)
            if (!refine(&exact))
                break;
        return figure_make(&exact, value);
    }
    for (exact.decimals = 0; exact.decimals <= 4; exact.decimals++)
        if (!isfinite(value) || fabs(round_to(value, exact.decimals) - value) <= fabs(value) * 1e-9)
            return figure_make(&exact, value);
    return figure_make(style, value); /* nobody wrote it, it was reckoned: a share of a day's plan */
}

struct figure_style figure_style_of(const struct snapshot_tile *tile, enum language language)
{
    return (struct figure_style){tile->format, tile->decimals, tile->suffix[language], language};
}
