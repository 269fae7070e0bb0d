using System.ComponentModel;

namespace Orchestra.Sdk.Binding;

/// <summary>Asks the plugin's provider for the services that are parameters.</summary>
/// <remarks>For generated code alone, and covered by versioning for nothing else.</remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Services
{
    /// <summary>The service.</summary>
    /// <typeparam name="T">Its type.</typeparam>
    /// <param name="services">The provider, if there is one.</param>
    /// <param name="method">The method's name.</param>
    /// <param name="parameter">The parameter's name.</param>
    /// <param name="type">The service's type as C# names it.</param>
    /// <returns>The service.</returns>
    /// <exception cref="InvalidOperationException">There is none.</exception>
    public static T Get<T>(IServiceProvider? services, string method, string parameter, string type)
        where T : class => Find<T>(services) ?? throw new InvalidOperationException(
        $"there is no service for {new ServiceParameter(method, parameter, type)}: add it to the plugin's services, or make the parameter nullable");

    /// <summary>The service, if there is one.</summary>
    /// <typeparam name="T">Its type.</typeparam>
    /// <param name="services">The provider, if there is one.</param>
    /// <returns>The service or null.</returns>
    public static T? Find<T>(IServiceProvider? services)
        where T : class => (T?)services?.GetService(typeof(T));
}
