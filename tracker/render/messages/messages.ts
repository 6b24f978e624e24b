/** A report as a message for a chat. The program posts none: it holds no address and no secret. */
export { slackMessage } from "./slack.ts";
export { teamsMessage } from "./teams.ts";
