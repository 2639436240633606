/** Tells the engine that the run will be short, before anything else is evaluated. */
import {setFlagsFromString} from 'node:v8'

// A run on an ordinary document is over before the optimising compiler has earned back what it costs.
setFlagsFromString('--no-opt')
