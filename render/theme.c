#include "render/theme.h"

#include <ctype.h>
#include <math.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/json.h"

enum { MAX_THEME_BYTES = 64 * 1024 };

struct colour_row {
    const char *state; /* NULL: of the theme itself */
    const char *key;
    size_t offset;
};

#define PLAIN(key)                                                                                           \
    {                                                                                                        \
        NULL, #key, offsetof(struct theme, key)                                                              \
    }
#define STATE(name, index)                                                                                   \
    {name, "fg", offsetof(struct theme, state[index].fg)},                                                   \
        {name, "fill", offsetof(struct theme, state[index].fill)},                                           \
    {                                                                                                        \
        name, "on_fill", offsetof(struct theme, state[index].on_fill)                                        \
    }

static const struct colour_row rows[] = {
    PLAIN(bg),
    PLAIN(surface),
    PLAIN(border),
    PLAIN(text_primary),
    PLAIN(text_secondary),
    PLAIN(target_line),
    PLAIN(series_actual),
    STATE("ok", STATE_OK),
    STATE("warn", STATE_WARN),
    STATE("critical", STATE_CRITICAL),
    STATE("stale", STATE_STALE),
    STATE("neutral", STATE_NEUTRAL),
};

static bool colour_parse(const char *text, colour *result)
{
    if (!text || strlen(text) != 7 || text[0] != '#')
        return false;
    for (const char *digit = text + 1; *digit; digit++)
        if (!isxdigit((unsigned char)*digit))
            return false;
    *result = (colour)strtoul(text + 1, NULL, 16);
    return true;
}

static bool row_read(struct theme *theme, const struct cJSON *file, const struct colour_row *row)
{
    const struct cJSON *holder = row->state ? json_member(json_member(file, "states"), row->state) : file;
    colour value = 0;
    if (!colour_parse(json_member_text(holder, row->key), &value))
        return false;
    memcpy((char *)theme + row->offset, &value, sizeof value);
    return true;
}

static bool rows_read(struct theme *theme, const struct cJSON *file, const char *path, struct error *error)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct colour_row *row = &rows[i];
        if (row_read(theme, file, row))
            continue;
        error_set(error, "%s: %s%s%s%s: must be a colour like \"#4DC49B\"", path, row->state ? "states." : "",
                  row->state ? row->state : "", row->state ? "." : "", row->key);
        return false;
    }
    return true;
}

static void labels_read(struct theme *theme, const struct cJSON *file, const char *name)
{
    for (int language = 0; language < LANGUAGE_COUNT; language++) {
        const char *label = json_member_text(json_member(file, "label"), language_names[language]);
        snprintf(theme->label[language], sizeof theme->label[language], "%s", label ? label : name);
    }
}

bool theme_read(struct theme *theme, const char *assets_path, const char *name, struct error *error)
{
    struct text path = {0};
    text_append_format(&path, "%s/themes/%s.json", assets_path, name ? name : "");
    struct cJSON *file = NULL;
    bool read = false;
    if (!name || !*name || strchr(name, '/'))
        error_set(error, "\"%s\" is no theme; themes are the files of %s/themes without \".json\"",
                  name ? name : "", assets_path);
    else
        file = json_read_file(text_bytes(&path), MAX_THEME_BYTES, error);
    if (file)
        read = rows_read(theme, file, text_bytes(&path), error);
    if (read)
        labels_read(theme, file, name);
    json_destroy(file);
    text_finish(&path);
    return read;
}

enum theme_state theme_state_of(enum display display)
{
    static const enum theme_state states[DISPLAY_COUNT] = {
        [DISPLAY_CLOSED] = STATE_STALE,    [DISPLAY_NODATA] = STATE_STALE,      [DISPLAY_STALE] = STATE_STALE,
        [DISPLAY_NEUTRAL] = STATE_NEUTRAL, [DISPLAY_CRITICAL] = STATE_CRITICAL, [DISPLAY_WARN] = STATE_WARN,
        [DISPLAY_OK] = STATE_OK,
    };
    return display < DISPLAY_COUNT ? states[display] : STATE_NEUTRAL;
}

static colour mixed_channel(colour a, colour b, int shift, double share)
{
    double from = a >> shift & 0xff, to = b >> shift & 0xff;
    return (colour)lround(from + (to - from) * share) << shift;
}

colour theme_mix(colour a, colour b, double share)
{
    return mixed_channel(a, b, 16, share) | mixed_channel(a, b, 8, share) | mixed_channel(a, b, 0, share);
}

double theme_light(colour value, int shift)
{
    double channel = (value >> shift & 0xff) / 255.0;
    return channel <= 0.04045 ? channel / 12.92 : pow((channel + 0.055) / 1.055, 2.4);
}

colour theme_channel(double light, int shift)
{
    double encoded = light <= 0.0031308 ? light * 12.92 : 1.055 * pow(light, 1 / 2.4) - 0.055;
    return (colour)lround(encoded * 255) << shift;
}

static double luminance(colour value)
{
    return 0.2126 * theme_light(value, 16) + 0.7152 * theme_light(value, 8) + 0.0722 * theme_light(value, 0);
}

double theme_contrast(colour a, colour b)
{
    double first = luminance(a), second = luminance(b);
    return (fmax(first, second) + 0.05) / (fmin(first, second) + 0.05);
}
