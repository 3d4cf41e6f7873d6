#include "history/libraries.h"

#include <sqlite3.h>

void history_print_libraries(FILE *to)
{
    fprintf(to, "SQLite %s\n", sqlite3_libversion());
}
