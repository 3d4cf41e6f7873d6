#include "sim/libraries.h"

#include <microhttpd.h>

void sim_print_libraries(FILE *to)
{
    fprintf(to, "libmicrohttpd %s\n", MHD_get_version());
}
