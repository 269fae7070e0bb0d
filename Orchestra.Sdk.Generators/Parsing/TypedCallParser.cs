using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Orchestra.Sdk.Generators.Model;

namespace Orchestra.Sdk.Generators.Parsing;

/// <summary>Turns the type of a typed call into models.</summary>
internal static class TypedCallParser
{
    /// <summary>The models, one for each way in which plugins make their names; none where no code can be generated.</summary>
    /// <param name="call">The call.</param>
    /// <param name="compilation">All there is.</param>
    /// <param name="fault">Why there is none.</param>
    /// <param name="cancellationToken">Ends the parsing.</param>
    public static IReadOnlyList<TypedModel> Parse(TypedCall call, Compilation compilation, out string fault, CancellationToken cancellationToken)
    {
        fault = "";
        var models = new List<TypedModel>();
        foreach (var names in PluginNames.Of(compilation))
        {
            if (Parse(call, names, compilation, out fault, cancellationToken) is not { } model)
            {
                return [];
            }

            models.Add(model);
        }

        return models;
    }

    private static TypedModel? Parse(
        TypedCall call, NamingPair names, Compilation compilation, out string fault, CancellationToken cancellationToken)
    {
        var within = compilation.Assembly;
        var context = new ParseContext(
            compilation, within, new DiagnosticSink(report: null, compilation, within), cancellationToken, new NamingPolicies(names.Arguments, names.Enums));
        var types = new TypeParser(context, call.IsRead);
        var type = call.Type.IsReferenceType ? call.Type.WithNullableAnnotation(NullableAnnotation.NotAnnotated) : call.Type;
        if (types.Parse(type, out fault) is not { } model)
        {
            fault = fault.Length > 0 ? fault : TypeFault.Of(type, context);
            fault = fault.Length > 0 ? fault : "it has no JSON form";
            return null;
        }

        var kind = KindOf(model, types);
        var example = AnonymousTypes.AreIn(type) ? AnonymousTypes.Example(type) : null;
        fault = kind != ReturnKind.Members && !call.IsRead ? "it is no object, whose members could be the arguments"
            : example is null && AnonymousTypes.AreIn(type) ? "an anonymous type is in it that generated code cannot name: put it into an array or a List"
            : "";
        return fault.Length > 0
            ? null
            : new TypedModel(call.IsRead, names, model, example, kind, new EquatableArray<TypeDefinition>(types.Definitions.Select(WithoutConstraints)));
    }

    private static ReturnKind KindOf(TypeModel type, TypeParser types) => type.WithoutNullable() switch
    {
        ScalarType { Kind: ScalarKind.String } => ReturnKind.Text,
        DefinedType defined when types.Definition(defined) is not EnumDefinition => ReturnKind.Members,
        DictionaryType or AnyType => ReturnKind.Members,
        _ => ReturnKind.Data,
    };

    /// <summary>Annotations are for who sends arguments: a test that reads an answer wants to see what is in it.</summary>
    private static TypeDefinition WithoutConstraints(TypeDefinition definition) => definition is ObjectDefinition type
        ? type with
        {
            Members = new EquatableArray<MemberModel>(type.Members.Select(
                member => member with { Property = member.Property with { Constraints = Constraints.None } })),
        }
        : definition;
}
