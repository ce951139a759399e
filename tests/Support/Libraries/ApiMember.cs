using System.Reflection;
using System.Runtime.CompilerServices;

namespace CitiesOfLearning.Tests.Support.Libraries;

/// <summary>A type or member that others can use.</summary>
/// <param name="Name">Without its type and namespace; a constructor has its type's.</param>
/// <param name="Line">Where it is, and what comes out.</param>
internal sealed record ApiMember(string Name, string Line)
{
    private const BindingFlags Declared =
        BindingFlags.DeclaredOnly | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance;

    public static IEnumerable<ApiMember> Of(Assembly library) =>
        library.GetExportedTypes().Where(t => !IsOfCompiler(t)).SelectMany(Of).OrderBy(m => m.Line, StringComparer.Ordinal);

    // What the compiler adds to a record is not listed, nor what a type overrides: both are known from the line of the type. What stands in
    // an extension block is listed as the static methods that it becomes.
    private static IEnumerable<ApiMember> Of(Type type)
    {
        var (where, name) = (ApiNames.Full(type), ApiNames.Simple(type));
        yield return new(name, $"{where} -> {ApiNames.Kind(type)}");
        if (type.IsSubclassOf(typeof(Delegate)))
        {
            var invoke = type.GetMethod("Invoke")!;
            yield return new(name, $"{where}{ApiNames.Parameters(invoke)} -> {ApiNames.Of(invoke.ReturnParameter)}");
            yield break;
        }

        foreach (var member in type.GetMembers(Declared).Where(m => !m.IsDefined(typeof(CompilerGeneratedAttribute))))
        {
            switch (member)
            {
                case ConstructorInfo constructor when IsVisible(constructor):
                    yield return new(name, $"{where}{ApiNames.Parameters(constructor)}{(constructor.IsPublic ? "" : " -> protected")}");
                    break;
                case MethodInfo method when IsVisible(method) && !IsOverride(method) && !IsAccessor(method):
                    var known = method.Name.StartsWith("get_", StringComparison.Ordinal) ? method.Name[4..] : method.Name;
                    yield return new(known, $"{where}.{ApiNames.Signature(method)} -> {ApiNames.Returned(method)}");
                    break;
                case PropertyInfo property when property.GetAccessors(true).Any(a => IsVisible(a) && !IsOverride(a)):
                    yield return new(property.Name, $"{where}.{Property(property)}");
                    break;
                case FieldInfo { IsSpecialName: false } field when field.IsPublic || field.IsFamily || field.IsFamilyOrAssembly:
                    yield return new(field.Name, $"{where}.{field.Name} {(type.IsEnum ? "=" : "->")} {ApiNames.Field(field)}");
                    break;
                case EventInfo @event when IsVisible(@event.AddMethod!):
                    yield return new(@event.Name, $"{where}.{@event.Name} -> event {ApiNames.Of(@event)}");
                    break;
            }
        }
    }

    private static string Property(PropertyInfo property)
    {
        var accessors = property.GetAccessors(true).Where(IsVisible)
            .Select(a => (a.IsPublic ? "" : "protected ") + (a == property.GetMethod ? "get;" : IsInit(a) ? "init;" : "set;"));
        var name = property.GetIndexParameters() is [_, ..] index ? "this" + ApiNames.Parameters(index, "[]") : property.Name;
        return $"{name} {{ {string.Join(' ', accessors)} }} -> {ApiNames.Of(property)}";
    }

    private static bool IsOfCompiler(Type type) => type.Name.Contains('<', StringComparison.Ordinal);

    private static bool IsVisible(MethodBase method) => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly;

    private static bool IsOverride(MethodInfo method) => method.GetBaseDefinition() != method;

    // Operators have special names too.
    private static bool IsAccessor(MethodInfo method) => method.IsSpecialName && !method.Name.StartsWith("op_", StringComparison.Ordinal);

    private static bool IsInit(MethodInfo setter) =>
        setter.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit));
}
