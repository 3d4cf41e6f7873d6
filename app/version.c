#include "app/version.h"

#include "base/libraries.h"
#include "fetch/libraries.h"
#include "history/libraries.h"
#include "render/libraries.h"
#include "sim/libraries.h"

void version_print(FILE *to)
{
    fprintf(to, "vigie %s\n", VIGIE_VERSION);
    base_print_libraries(to);
    fetch_print_libraries(to);
    history_print_libraries(to);
    render_print_libraries(to);
    sim_print_libraries(to);
}
