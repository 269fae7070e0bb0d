using System.Linq;
using Microsoft.CodeAnalysis;
using Orchestra.Sdk.Generators.Diagnostics;
using Orchestra.Sdk.Generators.Model;

namespace Orchestra.Sdk.Generators.Parsing;

/// <summary>Turns a parameter of a tool into a model.</summary>
internal readonly struct ParameterParser(
    IParameterSymbol parameter, string toolName, DocumentationComment documentation, TypeParser types, SchemaProfile profile)
{
    private DiagnosticSink Diagnostics => types.Context.Diagnostics;

    /// <summary>The model; null where the parameter cannot be one of a tool, which was reported.</summary>
    public ParameterModel? Parse()
    {
        if (parameter.RefKind != RefKind.None)
        {
            Diagnostics.Report(
                DiagnosticDescriptors.ParameterByReference, Location, parameter.Name, toolName, parameter.RefKind switch
                {
                    RefKind.Out => "out",
                    RefKind.In => "in",
                    RefKind.Ref => "ref",
                    _ => "ref readonly",
                });
            return null;
        }

        if (parameter.Type.Is(MetadataNames.CancellationToken))
        {
            return new ParameterModel(ParameterRole.CancellationToken, Property: null);
        }

        if (parameter.Type.Is(MetadataNames.ToolContext))
        {
            return new ParameterModel(ParameterRole.ToolContext, Property: null);
        }

        return ParseProperty() is { } property ? new ParameterModel(ParameterRole.Argument, property) : null;
    }

    private Location? Location => parameter.Locations.FirstOrDefault();

    private PropertyModel? ParseProperty()
    {
        var attribute = parameter.FindAttribute(MetadataNames.ArgumentAttribute);
        var name = attribute?.NamedArgument("Name") as string ?? parameter.Name;
        var nameIsValid = Names.IsArgumentName(name);
        if (!nameIsValid)
        {
            Diagnostics.Report(DiagnosticDescriptors.InvalidArgumentName, attribute?.Location(parameter) ?? Location, name);
        }

        if (types.Parse(parameter.Type, out var fault) is not { } type)
        {
            Diagnostics.Report(
                DiagnosticDescriptors.UnsupportedParameterType,
                Location,
                parameter.Name,
                toolName,
                parameter.Type.ToDisplayString(),
                fault.Length > 0 ? ": " + fault : "");
            return null;
        }

        if (new Portability(types, profile).Fault(type) is { } loss)
        {
            Diagnostics.Report(DiagnosticDescriptors.NotPortable, Location, parameter.Name, toolName, loss);
        }

        var constraints = new ConstraintParser([parameter], parameter, parameter.Type, type, Diagnostics).Parse();
        if (DefaultValue.Fault(parameter, type, constraints) is { } excess)
        {
            Diagnostics.Report(DiagnosticDescriptors.DefaultBreaksConstraint, Location, parameter.Name, excess);
        }

        var isRequired = ConstraintParser.IsMarkedRequired(parameter)
            || (!parameter.HasExplicitDefaultValue && !parameter.IsParams && type is not NullableType);
        var description = MemberText.Attribute(parameter) ?? documentation.Param(parameter.Name);
        return nameIsValid
            ? new PropertyModel(
                name,
                Title: "",
                description,
                type,
                constraints,
                isRequired,
                isRequired ? null : DefaultValue.Expression(parameter, type),
                isRequired ? null : DefaultValue.Json(parameter))
            : null;
    }
}
