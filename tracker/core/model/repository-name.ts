/** Whether `text` can be a repository on GitHub, owner/name. "." and ".." would climb to another address. */
export const isRepositoryName = (text: string): boolean => {
  const [owner, name, ...rest] = text.split("/");
  return rest.length === 0 && [owner, name].every((part) => /^(?!\.{1,2}$)[\w.-]+$/.test(part ?? ""));
};
