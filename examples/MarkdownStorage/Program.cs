using Orchestra.Examples.MarkdownStorage;
using Orchestra.Sdk;

return await Plugin.RunAsync<MarkdownStorage>(args);
