using System.ComponentModel;
using System.Reflection;
using Orchestra.Sdk.Binding;
using Orchestra.Sdk.Values;

namespace Orchestra.Sdk.Tests.Binding;

/// <summary>docs/decisions/0009: what only generated code calls.</summary>
internal sealed class ApiShapeTests
{
    private static readonly string?[] Namespaces = [typeof(Argument).Namespace, typeof(ResultValue).Namespace];

    private static Type[] Types { get; } =
        [.. typeof(Argument).Assembly.GetExportedTypes().Where(static type => IsHidden(type) || Namespaces.Contains(type.Namespace))];

    [Test]
    public void Has_no_optional_parameters() =>
        Assert.That(
            Types
                .SelectMany(static type => type.GetMembers().OfType<MethodBase>())
                .Where(static method => method.DeclaringType!.Assembly == typeof(Argument).Assembly)
                .Where(static method => method.GetParameters().Any(static parameter => parameter.IsOptional)),
            Is.Empty);

    [Test]
    public void Is_offered_to_nobody()
    {
        Assert.That(Types.Where(static type => !IsHidden(type)), Is.Empty);
        Assert.That(Types, Is.SupersetOf(new[] { typeof(PluginDefinition), typeof(Argument), typeof(ResultValue) }));
    }

    private static bool IsHidden(Type type) =>
        type.GetCustomAttribute<EditorBrowsableAttribute>()?.State == EditorBrowsableState.Never;
}
