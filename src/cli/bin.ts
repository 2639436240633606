#!/usr/bin/env node
/** The executable: sets up the engine for a short run, then hands over. */
import {setFlagsFromString} from 'node:v8'

// A run on an ordinary document is over before the optimising compiler has earned back what it costs.
setFlagsFromString('--no-opt')
await import('./main.ts')
