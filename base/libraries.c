#include "base/libraries.h"

#include <cjson/cJSON.h>
#include <yaml.h>

void base_print_libraries(FILE *to)
{
    fprintf(to, "cJSON %s\n", cJSON_Version());
    fprintf(to, "libyaml %s\n", yaml_get_version_string());
}
