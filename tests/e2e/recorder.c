/*
 * Loaded before the program's libraries (LD_PRELOAD): writes each text that is measured or drawn as a line
 * into $RECORDER_TEXTS, and presses the keys of $RECORDER_KEYS one after the other, '!' for Enter, '<' for
 * Escape, '>' for the right arrow.
 *
 *     cc -shared -fPIC -o recorder.so recorder.c $(pkg-config --cflags sdl2 SDL2_ttf) -ldl
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <SDL.h>
#include <SDL_ttf.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PAUSE_MS = 700 };

static void record(const char *text)
{
    static FILE *file;
    const char *path = getenv("RECORDER_TEXTS");
    if (!file && path)
        file = fopen(path, "a");
    if (!file)
        return;
    fprintf(file, "%s\n", text);
    fflush(file);
}

SDL_Surface *TTF_RenderUTF8_Shaded(TTF_Font *font, const char *text, SDL_Color front, SDL_Color back)
{
    static SDL_Surface *(*real)(TTF_Font *, const char *, SDL_Color, SDL_Color);
    if (!real)
        *(void **)&real = dlsym(RTLD_NEXT, "TTF_RenderUTF8_Shaded");
    record(text);
    return real(font, text, front, back);
}

int TTF_SizeUTF8(TTF_Font *font, const char *text, int *width, int *height)
{
    static int (*real)(TTF_Font *, const char *, int *, int *);
    if (!real)
        *(void **)&real = dlsym(RTLD_NEXT, "TTF_SizeUTF8");
    record(text);
    return real(font, text, width, height);
}

static SDL_Keycode code_of(char key)
{
    return key == '!' ? SDLK_RETURN : key == '<' ? SDLK_ESCAPE : key == '>' ? SDLK_RIGHT : key;
}

int SDL_PollEvent(SDL_Event *event)
{
    static int (*real)(SDL_Event *);
    static size_t pressed;
    static Uint32 last_ms;
    const char *keys = getenv("RECORDER_KEYS");
    if (!real)
        *(void **)&real = dlsym(RTLD_NEXT, "SDL_PollEvent");
    if (!keys || pressed == strlen(keys) || SDL_GetTicks() < last_ms + PAUSE_MS)
        return real(event);
    last_ms = SDL_GetTicks();
    *event = (SDL_Event){.type = SDL_KEYDOWN};
    event->key.keysym.sym = code_of(keys[pressed++]);
    record("---- key");
    return 1;
}
