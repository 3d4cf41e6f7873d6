#include "render/picture.h"

#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include <cairo.h>

#include "base/text.h"
#include "render/signature.h"

/* ---- the file ---- */

/* Width and height stand in the first 24 bytes, before anything that must be unpacked. */
enum { HEAD_BYTES = 24 };

static int number_at(const unsigned char *bytes)
{
    return bytes[0] ? PICTURE_SIDE_MAX + 1 : bytes[1] << 16 | bytes[2] << 8 | bytes[3];
}

static bool head_read(const char *path, unsigned char head[HEAD_BYTES], struct stat *stat)
{
    FILE *file = fopen(path, "rbe");
    if (!file)
        return false;
    bool read = fstat(fileno(file), stat) == 0 && fread(head, 1, HEAD_BYTES, file) == HEAD_BYTES;
    fclose(file);
    return read;
}

static bool look(const char *path, struct stat *stat, struct error *error)
{
    static const unsigned char MAGIC[] = {0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
    unsigned char head[HEAD_BYTES];
    errno = 0;
    if (!head_read(path, head, stat)) {
        error_set(error, "cannot be read: %s", errno ? strerror(errno) : "it is too short");
        return false;
    }
    if (memcmp(head, MAGIC, sizeof MAGIC) != 0) {
        error_set(error, "it is not a PNG; save it as one");
        return false;
    }
    int width = number_at(head + 16), height = number_at(head + 20);
    if (width < 1 || height < 1 || width > PICTURE_SIDE_MAX || height > PICTURE_SIDE_MAX ||
        stat->st_size > PICTURE_BYTES_MAX) {
        error_set(error, "it is too large; at most %d pixels a side and %d MiB", PICTURE_SIDE_MAX,
                  PICTURE_BYTES_MAX / 1048576);
        return false;
    }
    return true;
}

bool picture_check(const char *path, struct error *error)
{
    struct stat stat;
    return look(path, &stat, error);
}

/* ---- on the canvas ---- */

static void paint(const struct pen *pen, cairo_surface_t *surface, struct box box)
{
    cairo_t *shapes = pen->canvas->shapes;
    double width = cairo_image_surface_get_width(surface), height = cairo_image_surface_get_height(surface);
    double scale = fmin(box.width / width, box.height / height);
    cairo_surface_flush(cairo_get_target(shapes));
    cairo_save(shapes);
    cairo_translate(shapes, round(box.x + (box.width - width * scale) / 2),
                    round(box.y + (box.height - height * scale) / 2));
    cairo_scale(shapes, scale, scale);
    cairo_set_source_surface(shapes, surface, 0, 0);
    cairo_paint(shapes);
    cairo_restore(shapes);
}

bool picture_draw(struct pen *pen, const char *path, struct box box)
{
    struct stat stat;
    if (!look(path, &stat, NULL))
        return false;
    uint64_t signature = signature_add(signature_add_text(SIGNATURE_START, path), (uint64_t)stat.st_mtime);
    if (!pen_mark(pen, signature, box))
        return true;
    cairo_surface_t *surface = cairo_image_surface_create_from_png(path);
    bool good = cairo_surface_status(surface) == CAIRO_STATUS_SUCCESS;
    if (good)
        paint(pen, surface, box);
    cairo_surface_destroy(surface);
    return good;
}
