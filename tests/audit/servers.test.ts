/** Every case on real servers. */
import {hosts} from '../support/postgres.ts'
import {proveCases} from './support/prove-cases.ts'

proveCases(hosts.filter(({name}) => name !== 'PGlite'))
