#include "render/stage.h"

struct stage stage_start(void)
{
    return (struct stage){.chosen = -1, .notice = {.word = -1}};
}
