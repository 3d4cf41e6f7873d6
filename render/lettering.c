#include "render/lettering.h"

#include <math.h>
#include <SDL_ttf.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/text.h"
#include "base/utf8.h"
#include "render/signature.h"

enum { WIDTHS_KEPT = 2048, RUN_BYTES = 192, RULER_PX = 200, NO_BREAK_SPACE = 0xa0, NARROW_SPACE = 0x202f };

struct kept_width {
    uint64_t key;
    int width;
};

struct lettering {
    struct fonts *fonts;
    double figure_share[FACE_COUNT];       /* height of an 8 for one pixel of em; 0: not measured yet */
    struct kept_width widths[WIDTHS_KEPT]; /* by hash: the same words are measured again and again */
};

/* A stretch of text that one face can draw in one script, or a gap. */
struct run {
    enum font_face face;
    const struct script *script; /* NULL: from left to right, as all but the scripts below */
    int gap_px;
    char bytes[RUN_BYTES];
};

/* What is written from right to left and has glyphs in the fallback face. */
struct script {
    const char *name; /* ISO 15924 */
    uint32_t first, last;
};

static const struct script scripts[] = {
    {"Hebr", 0x0590, 0x05ff}, {"Arab", 0x0600, 0x06ff}, {"Arab", 0x0750, 0x077f}, {"Arab", 0x08a0, 0x08ff},
    {"Hebr", 0xfb1d, 0xfb4f}, {"Arab", 0xfb50, 0xfdff}, {"Arab", 0xfe70, 0xfefc},
};

/*
 * What has no place on a wall: marks that turn the direction of what follows, so that somebody's name could
 * turn round the rest of its line; what has no width; variants and skin tones of pictures that no font has.
 */
static const struct {
    uint32_t first, last;
} unseen[] = {
    {0x00ad, 0x00ad}, {0x034f, 0x034f}, {0x061c, 0x061c},   {0x180e, 0x180e},   {0x200b, 0x200f},
    {0x202a, 0x202e}, {0x2060, 0x206f}, {0xfe00, 0xfe0f},   {0xfeff, 0xfeff},   {0xfff9, 0xfffb},
    {0x0080, 0x009f}, {0x20d0, 0x20f0}, {0xe0000, 0xe0fff}, {0x1f3fb, 0x1f3ff},
};

enum { NO_GLYPH_SIGN = 0xb7, MARKS_MOST = 2 }; /* a middle dot; marks on one letter */

struct lettering *lettering_create(const char *assets_path, struct error *error)
{
    struct fonts *fonts = fonts_create(assets_path, error);
    if (!fonts)
        return NULL;
    struct lettering *lettering = memory_create(1, sizeof *lettering);
    lettering->fonts = fonts;
    return lettering;
}

void lettering_destroy(struct lettering *lettering)
{
    if (!lettering)
        return;
    fonts_destroy(lettering->fonts);
    free(lettering);
}

/* ---- which face draws what ---- */

static bool face_has(struct lettering *lettering, struct type_style style, uint32_t code_point)
{
    if (code_point > 0x20 && code_point < 0x7f)
        return true;
    return TTF_GlyphIsProvided32(fonts_get(lettering->fonts, style.face, style.px), code_point);
}

/* Of an em: the widths that these spaces have in B612's family. */
static double gap_of(uint32_t code_point)
{
    if (code_point == NARROW_SPACE)
        return 0.17;
    return code_point == NO_BREAK_SPACE || code_point <= 0x20 || code_point == 0x7f ? 0.28 : 0;
}

static bool is_unseen(uint32_t code_point)
{
    if (code_point < 0x80)
        return false;
    for (size_t i = 0; i < sizeof unseen / sizeof *unseen; i++)
        if (code_point >= unseen[i].first && code_point <= unseen[i].last)
            return true;
    return false;
}

static bool is_mark(uint32_t code_point)
{
    return code_point >= 0x0300 && code_point <= 0x036f;
}

static const struct script *script_of(uint32_t code_point)
{
    for (size_t i = 0; i < sizeof scripts / sizeof *scripts; i++)
        if (code_point >= scripts[i].first && code_point <= scripts[i].last)
            return &scripts[i];
    return NULL;
}

/* The next character that is seen; 0 at the end. Moves *text behind it. A glyph that no font has is a dot. */
static uint32_t next_seen(struct lettering *lettering, struct type_style style, const char **text)
{
    uint32_t code_point;
    while ((code_point = utf8_next(text)) != 0 && is_unseen(code_point))
        continue;
    struct type_style fallback = {FACE_FALLBACK, style.px};
    bool is_space = gap_of(code_point) > 0;
    if (code_point > 0x7f && !is_space && !face_has(lettering, style, code_point) &&
        !face_has(lettering, fallback, code_point))
        return NO_GLYPH_SIGN;
    return code_point;
}

/* A letter goes with the mark behind it: both come from one face, or the mark would stand alone. */
static enum font_face face_for(struct lettering *lettering, struct type_style style, uint32_t code_point,
                               const char *behind)
{
    bool is_plain = (unsigned char)*behind < 0x80; /* then it is no mark */
    uint32_t mark = is_plain ? 0 : next_seen(lettering, style, &behind);
    bool has_mark = !is_mark(mark) || face_has(lettering, style, mark);
    return face_has(lettering, style, code_point) && has_mark ? style.face : FACE_FALLBACK;
}

/* Blanks between two words that go from right to left go with them, or the words would change places. */
static const struct script *script_at(struct lettering *lettering, struct type_style style,
                                      uint32_t code_point, const char *behind, const struct script *current)
{
    if (!current || code_point != ' ')
        return script_of(code_point);
    const struct script *next = script_of(next_seen(lettering, style, &behind));
    return next && text_equal(next->name, current->name) ? current : NULL;
}

static bool same_script(const struct script *a, const struct script *b)
{
    return a == b || (a && b && text_equal(a->name, b->name));
}

/* Takes the next run off the text; false at its end. */
static bool run_take(struct lettering *lettering, struct type_style style, const char **text, struct run *run)
{
    size_t used = 0;
    int marks = 0;
    *run = (struct run){.face = style.face};
    while (**text && used + 4 < sizeof run->bytes) {
        const char *behind = *text;
        uint32_t code_point = next_seen(lettering, style, &behind);
        if (code_point == 0) {
            *text = behind;
            break;
        }
        marks = is_mark(code_point) ? marks + 1 : 0;
        if (marks > MARKS_MOST) {
            *text = behind;
            continue;
        }
        bool is_gap = code_point < 0x20 || code_point == 0x7f ||
                      (gap_of(code_point) > 0 && !face_has(lettering, style, code_point));
        if (is_gap && used == 0) {
            run->gap_px = (int)lround(gap_of(code_point) * style.px);
            *text = behind;
            return true;
        }
        const struct script *script = script_at(lettering, style, code_point, behind, run->script);
        enum font_face face = script ? FACE_FALLBACK : face_for(lettering, style, code_point, behind);
        if (marks > 0 && used > 0)
            face = run->face;
        if (is_gap || (used > 0 && (face != run->face || !same_script(script, run->script))))
            break;
        run->face = face;
        run->script = script;
        used += utf8_encode(code_point, run->bytes + used);
        *text = behind;
    }
    run->bytes[used] = '\0';
    return used > 0;
}

static TTF_Font *run_font(struct lettering *lettering, struct type_style style, const struct run *run)
{
    TTF_Font *font = fonts_get(lettering->fonts, run->face, style.px);
    if (run->face == FACE_FALLBACK) {
        TTF_SetFontDirection(font, run->script ? TTF_DIRECTION_RTL : TTF_DIRECTION_LTR);
        TTF_SetFontScriptName(font, run->script ? run->script->name : "Latn");
    }
    return font;
}

/* ---- measuring ---- */

static int measure(struct lettering *lettering, struct type_style style, const char *text)
{
    int width = 0;
    struct run run;
    while (run_take(lettering, style, &text, &run)) {
        int run_width = 0;
        if (*run.bytes)
            TTF_SizeUTF8(run_font(lettering, style, &run), run.bytes, &run_width, NULL);
        width += run.gap_px + run_width;
    }
    return width;
}

int lettering_width(struct lettering *lettering, struct type_style style, const char *text)
{
    uint64_t key = signature_add(SIGNATURE_START, (uint64_t)style.face << 32 | (uint32_t)style.px);
    key = signature_add_text(key, text);
    struct kept_width *kept = &lettering->widths[key % WIDTHS_KEPT];
    if (kept->key != key)
        *kept = (struct kept_width){key, measure(lettering, style, text)};
    return kept->width;
}

double lettering_figure_height(struct lettering *lettering, struct type_style style)
{
    double *share = &lettering->figure_share[style.face];
    if (*share <= 0) {
        int top = 0;
        TTF_GlyphMetrics32(fonts_get(lettering->fonts, style.face, RULER_PX), '8', NULL, NULL, NULL, &top,
                           NULL);
        *share = top > 0 ? (double)top / RULER_PX : 0.72;
    }
    return *share * style.px;
}

/* ---- drawing ---- */

/* Two channels at a time; (x + 128) * 257 >> 16 divides by 255 and rounds. */
static uint32_t blended(uint32_t under, colour ink, uint32_t coverage)
{
    uint32_t rest = 255 - coverage;
    uint32_t red_blue = (ink & 0xff00ffu) * coverage + (under & 0xff00ffu) * rest + 0x800080u;
    uint32_t green = (ink >> 8 & 0xffu) * coverage + (under >> 8 & 0xffu) * rest + 0x80u;
    red_blue = (red_blue + (red_blue >> 8 & 0xff00ffu)) >> 8 & 0xff00ffu;
    green = (green + (green >> 8)) & 0xff00u;
    return 0xff000000u | red_blue | green;
}

static void blend_pixels(uint32_t *pixels, const uint8_t *coverage, int count, colour ink)
{
    for (int i = 0; i < count; i++)
        if (coverage[i] == 255)
            pixels[i] = 0xff000000u | ink;
        else if (coverage[i] != 0)
            pixels[i] = blended(pixels[i], ink, coverage[i]);
}

/* Most of a line of text is bare, and much of a large figure is full: eight pixels at a time. */
static void blend_row(uint32_t *pixels, const uint8_t *coverage, int count, colour ink)
{
    uint64_t eight;
    for (; count >= 8; count -= 8, pixels += 8, coverage += 8) {
        memcpy(&eight, coverage, sizeof eight);
        if (eight == UINT64_MAX)
            for (int i = 0; i < 8; i++)
                pixels[i] = 0xff000000u | ink;
        else if (eight != 0)
            blend_pixels(pixels, coverage, 8, ink);
    }
    blend_pixels(pixels, coverage, count, ink);
}

static void blend(const struct canvas *canvas, const struct area *clip, const SDL_Surface *letters, int x,
                  int y, colour ink)
{
    struct area area = {x, y, letters->w, letters->h};
    area = area_common(&area, clip);
    area = area_common(&area, &canvas->there);
    if (area.width <= 0)
        return;
    for (int row = area.y; row < area.y + area.height; row++)
        blend_row(canvas_pixel(canvas, area.x, row),
                  (const uint8_t *)letters->pixels + (ptrdiff_t)(row - y) * letters->pitch + (area.x - x),
                  area.width, ink);
}

void lettering_draw(struct lettering *lettering, const struct canvas *canvas, const struct area *clip,
                    struct type_style style, colour ink, int x, int baseline, const char *text)
{
    static const SDL_Color white = {255, 255, 255, 255}, black = {0, 0, 0, 255};
    struct run run;
    while (run_take(lettering, style, &text, &run)) {
        x += run.gap_px;
        if (!*run.bytes)
            continue;
        TTF_Font *font = run_font(lettering, style, &run);
        int width = lettering_width(lettering, (struct type_style){run.face, style.px}, run.bytes);
        SDL_Surface *letters = TTF_RenderUTF8_Shaded(font, run.bytes, white, black);
        if (letters)
            blend(canvas, clip, letters, x, baseline - TTF_FontAscent(font), ink);
        SDL_FreeSurface(letters);
        x += width;
    }
}
