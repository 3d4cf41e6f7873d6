/* What two files beside the board have in common: how large they may be, and what is said of one that cannot
 * be read. */
#include "app/side_file.h"

#include <stdlib.h>

#include "app/notes_file.h"
#include "app/opt_in_file.h"
#include "tests/files.h"

static char path[] = "/tmp/vigie-side-XXXXXX";

static int make_file(void **state)
{
    (void)state;
    int fd = mkstemp(path);
    return fd < 0 ? -1 : close(fd);
}

static int remove_file(void **state)
{
    (void)state;
    return unlink(path);
}

/* "participants: []" and a remark behind it, so many bytes in all. */
static void write_bytes(size_t count)
{
    struct text text = {0};
    text_append(&text, "participants: []\n# ");
    while (text.length < count)
        text_append(&text, ".");
    files_write(path, text_bytes(&text));
    text_finish(&text);
}

static void assert_list(const char *which, const char *message)
{
    struct arena *arena = arena_create();
    struct error error = {""};
    struct podium_list list;
    assert_int_equal(opt_in_file_read(arena, which, &list, &error), !*message);
    assert_int_equal(list.read, !*message);
    assert_string_equal(error.text, message);
    arena_destroy(arena);
}

static void assert_no_notes(const char *which, const char *message)
{
    struct arena *arena = arena_create();
    struct error error = {""};
    struct notes notes;
    assert_false(notes_file_read(arena, which, &notes, &error));
    assert_false(notes.read);
    assert_string_equal(error.text, message);
    arena_destroy(arena);
}

static void a_file_beside_the_board_has_64_kib_and_no_more(void **state)
{
    (void)state;
    char message[128];
    snprintf(message, sizeof message, "%s: cannot be read: it is larger than 64 KiB", path);
    write_bytes(65536);
    assert_list(path, "");
    write_bytes(65537);
    assert_list(path, message);
    assert_no_notes(path, message);
}

static void a_file_that_is_not_there_says_so(void **state)
{
    (void)state;
    assert_list("/tmp/vigie-not-there", "/tmp/vigie-not-there: cannot be read: No such file or directory");
    assert_no_notes("/tmp/vigie-not-there",
                    "/tmp/vigie-not-there: cannot be read: No such file or directory");
}

/* Of who stands on the list nothing is repeated; of notes the first problem is told. */
static void a_file_that_is_no_yaml_is_told_with_its_place(void **state)
{
    (void)state;
    char list[256], notes[256];
    snprintf(list, sizeof list,
             "%s:2:1: cannot be understood; a list is written participants: and a line for each, "
             "- {agent: ID, pseudonym: NAME}",
             path);
    snprintf(notes, sizeof notes, "%s:2:1: not YAML: the { above is not closed; add } or a comma", path);
    files_write(path, "actions: [{text: Appeler\n");
    assert_list(path, list);
    assert_no_notes(path, notes);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_file_beside_the_board_has_64_kib_and_no_more),
        cmocka_unit_test(a_file_that_is_not_there_says_so),
        cmocka_unit_test(a_file_that_is_no_yaml_is_told_with_its_place),
    };
    return cmocka_run_group_tests(tests, make_file, remove_file);
}
