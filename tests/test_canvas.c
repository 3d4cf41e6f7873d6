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

static void of_a_picture_that_lies_aside_only_what_is_in_the_lent_memory_is_there(void **state)
{
    (void)state;
    uint32_t pixels[4 * 3];
    struct canvas_memory memory = {pixels, 3, 3, 4, .shift_x = 1, .shift_y = -2};
    struct canvas *canvas = canvas_create_on(&memory, NULL);
    assert_int_equal(canvas->there.x, 0);
    assert_int_equal(canvas->there.width, 2);
    assert_int_equal(canvas->there.y, 2);
    assert_int_equal(canvas->there.height, 1);
    assert_ptr_equal(canvas_pixel(canvas, 0, 2), &pixels[1]);
    assert_true(canvas_memory_is_same(&canvas->lent, &memory));
    memory.generation++;
    assert_false(canvas_memory_is_same(&canvas->lent, &memory));
    canvas_destroy(canvas);
    memory.width_px = 16385;
    assert_null(canvas_create_on(&memory, NULL));
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
        cmocka_unit_test(of_a_picture_that_lies_aside_only_what_is_in_the_lent_memory_is_there),
        cmocka_unit_test(an_impossible_size_is_refused_in_words),
        cmocka_unit_test(a_picture_that_cannot_be_written_names_its_file),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
