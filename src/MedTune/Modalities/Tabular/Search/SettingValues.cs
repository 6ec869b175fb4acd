using System.Collections.Immutable;
using System.Globalization;

namespace MedTune.Modalities.Tabular;

/// <summary>The numbers of a setting by name, in a fixed order.</summary>
internal readonly record struct SettingValues(ImmutableArray<KeyValuePair<string, double>> Pairs)
{
    public static SettingValues None => new([]);

    public static SettingValues Of(params ReadOnlySpan<(string Name, double Value)> values)
    {
        var pairs = ImmutableArray.CreateBuilder<KeyValuePair<string, double>>(values.Length);
        foreach (var (name, value) in values)
        {
            pairs.Add(new KeyValuePair<string, double>(name, value));
        }

        return new SettingValues(pairs.ToImmutable());
    }

    /// <summary>For people: <c>depth 3, learning rate 0.05</c>.</summary>
    public override string ToString() =>
        string.Join(", ", Pairs.Select(pair => string.Create(CultureInfo.InvariantCulture, $"{pair.Key} {pair.Value}")));
}
