import { readConfig, ServiceConfig } from '@accord/kit/config'

/** The environment of this process, or one error that lists everything wrong with it. */
export const readChatConfig = () => readConfig(ServiceConfig)
