#!/bin/sh
# Copies the fonts of Debian's packages, with their licences, into the folder given.
# usage: tools/stage-fonts.sh FOLDER
set -eu
into=$1
mkdir -p "$into"
stage() { # package file...
    package=$1
    shift
    for file; do
        if [ ! -r "$file" ]; then
            echo "stage-fonts.sh: $file is missing; apt-get install $package" >&2
            exit 1
        fi
        cp "$file" "$into/"
    done
    cp "/usr/share/doc/$package/copyright" "$into/LICENCE-$package"
}
stage fonts-roboto-unhinted /usr/share/fonts/truetype/roboto/unhinted/RobotoCondensed-Bold.ttf \
    /usr/share/fonts/truetype/roboto/unhinted/RobotoCondensed-Regular.ttf
stage fonts-dejavu-core /usr/share/fonts/truetype/dejavu/DejaVuSans.ttf /usr/share/fonts/truetype/dejavu/DejaVuSans-Bold.ttf
stage fonts-b612 /usr/share/fonts/opentype/b612/B612-Bold.otf /usr/share/fonts/opentype/b612/B612-Regular.otf
