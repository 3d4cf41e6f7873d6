#include "fetch/libraries.h"

#include <curl/curl.h>

void fetch_print_libraries(FILE *to)
{
    fprintf(to, "%s\n", curl_version());
    fprintf(to, "libjq (its filters run in a process of their own)\n");
}
