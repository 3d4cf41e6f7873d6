#include "render/libraries.h"

#include <cairo.h>
#include <SDL2/SDL.h>
#include <SDL2/SDL_ttf.h>

void render_print_libraries(FILE *to)
{
    SDL_version sdl;
    SDL_GetVersion(&sdl);
    const SDL_version *ttf = TTF_Linked_Version();
    fprintf(to, "SDL %d.%d.%d\n", sdl.major, sdl.minor, sdl.patch);
    fprintf(to, "SDL_ttf %d.%d.%d\n", ttf->major, ttf->minor, ttf->patch);
    fprintf(to, "cairo %s\n", cairo_version_string());
}
