#include "app/side_file.h"

#include <errno.h>
#include <string.h>

static struct yaml_reader *parse(struct arena *arena, const struct text *text, const struct yaml_table *table,
                                 void *entry)
{
    struct yaml_reader *reader = yaml_reader_create(arena);
    const struct yaml_node *root = yaml_parse(reader, text_bytes(text), text->length);
    if (root)
        yaml_read(reader, root, "", table, entry);
    return reader;
}

struct yaml_reader *side_file_read(struct arena *arena, const char *path, const struct yaml_table *table,
                                   void *entry, struct error *error)
{
    struct text text = {0};
    struct yaml_reader *reader = NULL;
    if (text_read_file(&text, path, SIDE_FILE_MOST_BYTES))
        reader = parse(arena, &text, table, entry);
    else
        error_set(error, "%s: cannot be read: %s", path,
                  errno == EFBIG ? "it is larger than 64 KiB" : strerror(errno));
    text_finish(&text);
    return reader;
}
