using MyNamespace;
using Orchestra.Sdk;

return await Plugin.RunAsync<MyClassTools>(args);
