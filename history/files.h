#ifndef HISTORY_FILES_H
#define HISTORY_FILES_H

/* The files of a history: its folder, who may write it, and what is put aside. */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"

/* Creates the folder of this file and those above it, for their owner alone. */
bool files_make_folder(const char *path, struct error *error);

/* Creates the file if it is not there, for its owner alone. */
bool files_make_private(const char *path, struct error *error);

/*
 * Takes the right to write, at "PATH-lock", until files_unlock() or the end of the process. -1: another
 * process has it, or it cannot be had; the error says which.
 */
int files_lock(const char *path, struct error *error);
void files_unlock(int lock);

/* How many bytes the database takes on disk, with what belongs to it; 0: there is none. */
int64_t files_size(const char *path);

/* Puts a damaged database aside as "PATH.damaged-2026-11-21-140700", with what belongs to it; that name. */
bool files_put_aside(const char *path, int64_t wall_ms, char *aside, size_t aside_size, struct error *error);

#endif
