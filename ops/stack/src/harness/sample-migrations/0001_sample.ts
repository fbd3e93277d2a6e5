export { createKeyTable as up } from '@accord/kit/db/tables'
