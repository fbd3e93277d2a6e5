import { runMigrate } from '@accord/kit/db/migrate'

await runMigrate(`${import.meta.dir}/../migrations`)
