using Orchestra.Sdk;
using Orchestra.Sdk.Tests.Interop.EveryType;

return await Plugin.RunAsync<EveryTypePlugin>(args, new Services());
