# Vigie. `make help` lists what there is to make.
#
# One rule builds everything; what differs between builds (compiler, sanitizer) is a variant:
#   make VARIANT=asan …   objects in build/asan/
# The program itself, ./vigie, comes from the default variant.

VARIANT ?= release
BUILD := build/$(VARIANT)

CC ?= cc
PKG_CONFIG ?= pkg-config
VERSION := $(shell cat VERSION)

# what is run is shown with make V=1
QUIET := $(if $(V),,@)

PACKAGES := sdl2 SDL2_ttf cairo libcurl libcjson yaml-0.1 libmicrohttpd sqlite3 freetype2
FOLDERS := base model fetch history render sim app

# -Wno-enum-…: enumerators are our whole numbers, reckoned with and held exactly by a double; clang 19 warns there
WARNINGS := -std=c17 -Wall -Wextra -Wpedantic -Wconversion -Wshadow -Wstrict-prototypes -Wno-enum-float-conversion -Wno-enum-enum-conversion -Werror
# -ffp-contract=off: the same pixels and figures on every processor
CFLAGS ?= -O2 -g
CFLAGS_release :=
CFLAGS_gcc := -O2
CFLAGS_clang := -O2
# with CC=clang: to gcc a sanitizer's own checks look like null formats
CFLAGS_asan := -O1 -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer
CFLAGS_tsan := -O1 -fsanitize=thread -fno-omit-frame-pointer
# 32-bit systems count beyond the year 2038 only where they are asked to; base/clock.c sees that they do
WIDE_TIME := $(if $(findstring gnueabihf,$(shell $(CC) -dumpmachine)),-D_TIME_BITS=64 -D_FILE_OFFSET_BITS=64)
ALL_CFLAGS = $(CFLAGS) $(WARNINGS) $(WIDE_TIME) -D_GNU_SOURCE -DVIGIE_VERSION='"$(VERSION)"' -ffp-contract=off -fno-strict-aliasing -pthread \
             -I. $(CFLAGS_$(VARIANT)) $(shell $(PKG_CONFIG) --cflags $(PACKAGES) 2>/dev/null)
LIBRARIES = -Wl,--as-needed $(shell $(PKG_CONFIG) --libs $(PACKAGES) 2>/dev/null) -ljq -lm -pthread

SOURCES := $(wildcard $(addsuffix /*.c,$(FOLDERS)))
OBJECTS := $(SOURCES:%.c=$(BUILD)/%.o)
MAINS := $(BUILD)/app/main.o $(BUILD)/app/mapper_main.o
LIBRARY := $(BUILD)/libvigie.a
TESTS := $(patsubst tests/%.c,$(BUILD)/tests/%,$(wildcard tests/test_*.c))
FONTS := assets/fonts/B612-Regular.otf

.PHONY: all
all: vigie fonts

# ./vigie and what it starts are the release build; other variants leave theirs in build/
vigie: vigie-mapper
vigie vigie-mapper: %: $(BUILD)/%
	cp -f $< $@

$(BUILD)/vigie: $(BUILD)/app/main.o $(LIBRARY) | $(BUILD)/vigie-mapper
$(BUILD)/vigie-mapper: $(BUILD)/app/mapper_main.o $(LIBRARY)
$(BUILD)/vigie $(BUILD)/vigie-mapper:
	$(QUIET)$(CC) $(ALL_CFLAGS) $(LDFLAGS) -o $@ $^ $(LIBRARIES)

$(LIBRARY): $(filter-out $(MAINS),$(OBJECTS))
	$(QUIET)rm -f $@
	$(QUIET)$(AR) rcs $@ $^

$(BUILD)/%.o: %.c
	@mkdir -p $(@D)
	$(QUIET)$(CC) $(ALL_CFLAGS) -MMD -MP -c -o $@ $<

$(BUILD)/tests/test_%: tests/test_%.c $(LIBRARY)
	@mkdir -p $(@D)
	$(QUIET)$(CC) $(ALL_CFLAGS) -MMD -MP $(LDFLAGS) -o $@ $< $(LIBRARY) $(LIBRARIES) -lcmocka

BENCHES := $(patsubst tests/bench/%.c,$(BUILD)/tests/bench/%,$(wildcard tests/bench/bench_*.c))
$(BUILD)/tests/bench/bench_%: tests/bench/bench_%.c $(LIBRARY)
	@mkdir -p $(@D)
	$(QUIET)$(CC) $(ALL_CFLAGS) -MMD -MP $(LDFLAGS) -o $@ $< $(LIBRARY) $(LIBRARIES)

# Fuzzers are clang's: make VARIANT=fuzz CC=clang fuzzers
CFLAGS_fuzz := -O1 -fsanitize=fuzzer-no-link,address,undefined
FUZZERS := $(patsubst tests/fuzz/%.c,$(BUILD)/tests/fuzz/%,$(wildcard tests/fuzz/fuzz_*.c))
$(BUILD)/tests/fuzz/fuzz_%: tests/fuzz/fuzz_%.c $(LIBRARY)
	@mkdir -p $(@D)
	$(QUIET)$(CC) $(ALL_CFLAGS) -fsanitize=fuzzer,address,undefined -o $@ $< $(LIBRARY) $(LIBRARIES)

-include $(OBJECTS:.o=.d) $(addsuffix .d,$(TESTS) $(BENCHES))

# ---- what people call ----

.PHONY: help
help: ## lists the targets
	@awk -F ':.*## ' '/^[a-z0-9-]+:.*## / {printf "  make %-14s %s\n", $$1, $$2}' $(firstword $(MAKEFILE_LIST))

.PHONY: run
run: ## installs what is missing, builds, shows the demo board
	@tools/need.sh build run
	@echo "vigie: building"
	@$(MAKE) --no-print-directory -j"$$(nproc)" all
	./vigie demo

.PHONY: check
check: ## installs what is missing, builds with gcc and clang, runs every test (also under sanitizers and valgrind)
	@tools/need.sh build run check
	@$(MAKE) --no-print-directory -j"$$(nproc)" all
	@tools/check.sh

.PHONY: test
test: vigie fonts $(TESTS) ## the unit tests alone, this build (VARIANT=asan, tsan, …)
	@tools/run-tests.sh $(BUILD) $(TESTS)

.PHONY: run-tests-only
run-tests-only: $(TESTS)
	@tools/run-tests.sh $(BUILD) $(TESTS)

.PHONY: tests
tests: $(BUILD)/vigie $(TESTS)

.PHONY: golden golden-arm64
golden: $(BUILD)/tests/test_golden fonts ## takes the pictures of tests/golden over as they are drawn now; look at each
	@VIGIE_ASSETS=$(CURDIR)/assets VIGIE_GOLDEN_WRITE=1 $<
golden-arm64: fonts ## the same pictures and figures on a Raspberry Pi's processor, under qemu (root)
	@tools/cross-test.sh arm64 test_golden test_scene test_text_drawing test_canvas test_format test_alert_machine test_formula

.PHONY: pictures
pictures: vigie fonts ## draws the pictures of README.md anew; look at each
	@tools/pictures.sh docs

.PHONY: bench
bench: ## measures speed and memory, prints a table
	@tools/need.sh build run bench
	@$(MAKE) --no-print-directory all benches
	@tests/bench/bench.sh $(BUILD)

.PHONY: soak
soak: ## days of updates and page turns in minutes: prints what memory and descriptors do
	@tools/need.sh build run bench
	@$(MAKE) --no-print-directory all benches
	@tests/bench/soak.sh $(BUILD)

.PHONY: benches fuzzers
benches: $(BENCHES)
fuzzers: $(FUZZERS)

.PHONY: deb
deb: ## the Debian package into build/deb/; ARCH=arm64|armhf|amd64 and SUITE=bookworm|trixie for others than this machine
	@[ -n "$(ARCH)$(SUITE)" ] || tools/need.sh build deb
	@SUITE=$(SUITE) deploy/rpi/deb.sh $(ARCH)

.PHONY: deb-test
deb-test: ## installs, updates, downgrades, removes and purges the package in a Debian of its own (root)
	@deploy/rpi/deb-test.sh

.PHONY: vm-test
vm-test: ## boots the package in a virtual machine and breaks it there: keys, kill -9, watchdog, no display (root)
	@tools/need.sh vm
	@deploy/rpi/vm/vm-test.sh

.PHONY: layers
layers: ## which include breaks the rule of who may know whom
	@tools/layers.sh

.PHONY: format
format: ## sets all code in the house style
	clang-format -i $(wildcard $(addsuffix /*.[ch],$(FOLDERS) tests tests/*))

.PHONY: deps
deps: ## installs what building, running and testing need
	@tools/need.sh build run check

.PHONY: clean
clean: ## removes what was built
	rm -rf build vigie vigie-mapper

# Fonts come from Debian's packages and are staged with their licences; none is kept in this tree.
.PHONY: fonts
fonts: $(FONTS)
$(FONTS):
	@tools/stage-fonts.sh assets/fonts
