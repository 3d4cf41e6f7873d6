#include "render/display_fd.h"

#include <SDL_syswm.h>

int display_fd(SDL_Window *window)
{
    SDL_SysWMinfo about;
    SDL_VERSION(&about.version);
    if (!SDL_GetWindowWMInfo(window, &about))
        return -1;
#ifdef SDL_VIDEO_DRIVER_X11
    if (about.subsystem == SDL_SYSWM_X11)
        return ConnectionNumber(about.info.x11.display);
#endif
    return -1;
}
