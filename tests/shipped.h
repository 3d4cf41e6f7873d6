#ifndef TESTS_SHIPPED_H
#define TESTS_SHIPPED_H

/* What comes with the program, for tests that look at all of it. */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "app/catalogue_file.h"

/* The catalogue that comes with the program; given to catalogue_destroy(). */
static inline struct catalogue *shipped_catalogue(void)
{
    struct error error = {""};
    struct catalogue *catalogue = catalogue_file_read(getenv("VIGIE_ASSETS"), &error);
    if (!catalogue)
        fail_msg("%s", error.text);
    return catalogue;
}

#endif
