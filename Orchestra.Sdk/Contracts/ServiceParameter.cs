using System.ComponentModel;

namespace Orchestra.Sdk;

/// <summary>A parameter that cannot do without a service. Made by generated code.</summary>
/// <param name="method">The method's name.</param>
/// <param name="parameter">The parameter's name.</param>
/// <param name="type">The service's type as C# names it.</param>
/// <remarks>For generated code alone, and covered by versioning for nothing else.</remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class ServiceParameter(string method, string parameter, string type)
{
    /// <inheritdoc/>
    public override string ToString() => $"the parameter '{parameter}' of the method '{method}' ({type})";
}
