#!/usr/bin/env node
require("../dist/start/command.cjs");
