using System.Globalization;
using System.Reflection;

namespace MedTune.Tests.House;

/// <summary>Types and constants as C# writes them, for the approved public API.</summary>
internal static class ApiTypeNames
{
    private static readonly Dictionary<Type, string> Keywords = new()
    {
        [typeof(void)] = "void",
        [typeof(bool)] = "bool",
        [typeof(byte)] = "byte",
        [typeof(sbyte)] = "sbyte",
        [typeof(short)] = "short",
        [typeof(ushort)] = "ushort",
        [typeof(int)] = "int",
        [typeof(uint)] = "uint",
        [typeof(long)] = "long",
        [typeof(ulong)] = "ulong",
        [typeof(nint)] = "nint",
        [typeof(nuint)] = "nuint",
        [typeof(float)] = "float",
        [typeof(double)] = "double",
        [typeof(decimal)] = "decimal",
        [typeof(char)] = "char",
        [typeof(string)] = "string",
        [typeof(object)] = "object",
    };

    /// <summary>The name of a type; reference types that may be null end in <c>?</c> where <paramref name="nullability"/> says so.</summary>
    public static string Of(Type type, NullabilityInfo? nullability = null)
    {
        if (type.IsByRef)
        {
            return Of(type.GetElementType()!, nullability?.ElementType ?? nullability);
        }

        if (Nullable.GetUnderlyingType(type) is { } underlying)
        {
            return Of(underlying) + "?";
        }

        string mark = type is { IsValueType: false, IsGenericParameter: false } && nullability?.ReadState == NullabilityState.Nullable ? "?" : "";
        if (type.IsArray)
        {
            return $"{Of(type.GetElementType()!, nullability?.ElementType)}[{new string(',', type.GetArrayRank() - 1)}]{mark}";
        }

        if (type.IsPointer)
        {
            return Of(type.GetElementType()!) + "*";
        }

        return (Keywords.TryGetValue(type, out string? keyword) ? keyword : NamedType(type, nullability)) + mark;
    }

    /// <summary>A constant or default value as source text.</summary>
    public static string Constant(object? value, Type type)
    {
        Type shown = Nullable.GetUnderlyingType(type) ?? type;
        return value switch
        {
            null when type.IsValueType && Nullable.GetUnderlyingType(type) is null => "default",
            null => "null",
            string text => $"\"{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"",
            char letter => $"'{letter}'",
            bool flag => flag ? "true" : "false",
            _ when shown.IsEnum => $"{Of(shown)}.{Enum.ToObject(shown, value)}",
            IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
            _ => value.ToString() ?? "",
        };
    }

    private static string NamedType(Type type, NullabilityInfo? nullability)
    {
        if (type.IsGenericParameter)
        {
            return type.Name;
        }

        Type[] arguments = type.GetGenericArguments();
        NullabilityInfo[] argumentNullability = nullability?.GenericTypeArguments ?? [];
        List<string> parts = [];
        int used = 0;
        foreach (Type part in Enclosing(type))
        {
            int own = part.GetGenericArguments().Length - used;
            string[] names = [.. Enumerable.Range(used, own).Select(index =>
                Of(arguments[index], index < argumentNullability.Length ? argumentNullability[index] : null))];
            parts.Add(part.Name.Split('`')[0] + (names.Length == 0 ? "" : $"<{string.Join(", ", names)}>"));
            used += own;
        }

        return string.Join('.', parts);
    }

    private static IEnumerable<Type> Enclosing(Type type) =>
        type.DeclaringType is { } outer ? Enclosing(outer).Append(type) : [type];
}
