#include "render/font.h"

#include <errno.h>
#include <SDL_ttf.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/text.h"

enum { MAX_FONT_BYTES = 8 * 1024 * 1024 };

struct open_font {
    enum font_face face;
    int px;
    TTF_Font *font; /* NULL: a free place */
    uint64_t last_use;
};

struct fonts {
    struct text file[FACE_COUNT]; /* kept: a font that is being upgraded on disk stays whole here */
    struct open_font open[FONTS_KEPT];
    uint64_t uses;
    bool started;
};

static const char *const file_names[FACE_COUNT] = {
    [FACE_REGULAR] = "B612-Regular.otf",
    [FACE_BOLD] = "B612-Bold.otf",
    [FACE_NARROW] = "RobotoCondensed-Regular.ttf",
    [FACE_NARROW_BOLD] = "RobotoCondensed-Bold.ttf",
    [FACE_FALLBACK] = "DejaVuSans.ttf",
};

static TTF_Font *open_at(const struct fonts *fonts, enum font_face face, int px)
{
    const struct text *file = &fonts->file[face];
    TTF_Font *font = TTF_OpenFontRW(SDL_RWFromConstMem(file->bytes, (int)file->length), 1, px);
    if (font)
        TTF_SetFontHinting(font, TTF_HINTING_NONE);
    return font;
}

static bool face_load(struct fonts *fonts, enum font_face face, const char *assets_path, struct error *error)
{
    struct text path = {0};
    text_append_format(&path, "%s/fonts/%s", assets_path, file_names[face]);
    bool loaded = false;
    TTF_Font *trial = NULL;
    if (!text_read_file(&fonts->file[face], text_bytes(&path), MAX_FONT_BYTES) ||
        fonts->file[face].length == 0)
        error_set(error, "%s: the font cannot be read: %s; \"make fonts\" puts it there", text_bytes(&path),
                  errno ? strerror(errno) : "it is empty");
    else if (!(trial = open_at(fonts, face, 16)))
        error_set(error, "%s: is not a usable font: %s", text_bytes(&path), TTF_GetError());
    else
        loaded = true;
    if (trial)
        TTF_CloseFont(trial);
    text_finish(&path);
    return loaded;
}

struct fonts *fonts_create(const char *assets_path, struct error *error)
{
    struct fonts *fonts = memory_create(1, sizeof *fonts);
    fonts->started = TTF_Init() == 0;
    if (!fonts->started) {
        error_set(error, "SDL2_ttf does not start: %s", TTF_GetError());
        goto failed;
    }
    for (enum font_face face = 0; face < FACE_COUNT; face++)
        if (!face_load(fonts, face, assets_path, error))
            goto failed;
    return fonts;

failed:
    fonts_destroy(fonts);
    return NULL;
}

void fonts_destroy(struct fonts *fonts)
{
    if (!fonts)
        return;
    for (int i = 0; i < FONTS_KEPT; i++)
        if (fonts->open[i].font)
            TTF_CloseFont(fonts->open[i].font);
    if (fonts->started)
        TTF_Quit();
    for (int face = 0; face < FACE_COUNT; face++)
        text_finish(&fonts->file[face]);
    free(fonts);
}

/* The place that holds the font, else the one that was not used for longest. */
static struct open_font *place_for(struct fonts *fonts, enum font_face face, int px)
{
    struct open_font *oldest = &fonts->open[0];
    for (int i = 0; i < FONTS_KEPT; i++) {
        struct open_font *place = &fonts->open[i];
        if (place->font && place->face == face && place->px == px)
            return place;
        if (place->last_use < oldest->last_use)
            oldest = place;
    }
    return oldest;
}

TTF_Font *fonts_get(struct fonts *fonts, enum font_face face, int px)
{
    if (px < FONT_SMALLEST_PX)
        px = FONT_SMALLEST_PX;
    if (px > FONT_LARGEST_PX)
        px = FONT_LARGEST_PX;
    struct open_font *place = place_for(fonts, face, px);
    if (!place->font || place->face != face || place->px != px) {
        if (place->font)
            TTF_CloseFont(place->font);
        *place = (struct open_font){face, px, open_at(fonts, face, px), 0};
    }
    place->last_use = ++fonts->uses;
    return place->font;
}

int fonts_open_count(const struct fonts *fonts)
{
    int count = 0;
    for (int i = 0; i < FONTS_KEPT; i++)
        count += fonts->open[i].font != NULL;
    return count;
}
