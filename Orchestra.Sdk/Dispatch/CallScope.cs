using Microsoft.Extensions.DependencyInjection;

namespace Orchestra.Sdk.Dispatch;

/// <summary>The services of one call. Where the plugin's provider can make scopes the call has one of its own, which ends with it.</summary>
internal readonly struct CallScope : IAsyncDisposable
{
    private readonly AsyncServiceScope? _scope;
    private readonly IServiceProvider? _services;

    private CallScope(AsyncServiceScope? scope, IServiceProvider? services) => (_scope, _services) = (scope, services);

    /// <summary>The provider; null where the plugin has none.</summary>
    public IServiceProvider? Services => _services;

    public static CallScope Of(IServiceProvider? services)
    {
        if (services?.GetService(typeof(IServiceScopeFactory)) is not IServiceScopeFactory factory)
        {
            return new CallScope(scope: null, services);
        }

        AsyncServiceScope scope = factory.CreateAsyncScope();
        return new CallScope(scope, scope.ServiceProvider);
    }

    public ValueTask DisposeAsync() => _scope?.DisposeAsync() ?? ValueTask.CompletedTask;
}
