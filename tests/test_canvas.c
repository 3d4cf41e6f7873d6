#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "render/canvas.h"

static void a_new_canvas_is_black_and_opaque(void **state)
{
    (void)state;
    struct canvas *canvas = canvas_create(3, 2, NULL);
    assert_int_equal(canvas->pixels[0], 0xff000000u);
    assert_int_equal(canvas->pixels[canvas->stride_px + 2], 0xff000000u);
    canvas_destroy(canvas);
}

static void an_impossible_size_is_refused_in_words(void **state)
{
    (void)state;
    struct error error = {0};
    assert_null(canvas_create(0, 10, &error));
    assert_non_null(strstr(error.text, "0 x 10"));
    assert_null(canvas_create(10, 16385, &error));
    assert_null(canvas_create(-1, 10, &error));
}

static void a_picture_that_cannot_be_written_names_its_file(void **state)
{
    (void)state;
    struct error error = {0};
    struct canvas *canvas = canvas_create(2, 2, NULL);
    assert_false(canvas_write_png(canvas, "tests/no-such-folder/x.png", &error));
    assert_non_null(strstr(error.text, "tests/no-such-folder/x.png"));
    canvas_destroy(canvas);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_new_canvas_is_black_and_opaque),
        cmocka_unit_test(an_impossible_size_is_refused_in_words),
        cmocka_unit_test(a_picture_that_cannot_be_written_names_its_file),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
