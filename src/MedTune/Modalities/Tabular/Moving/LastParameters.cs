using System.Collections.Immutable;
using MedTune.Training;

namespace MedTune.Modalities.Tabular;

/// <summary>The parameters of a head after which no other weights follow on the way to the margins: its last layer.</summary>
internal static class LastParameters
{
    /// <summary>Those parameters, in the head's order.</summary>
    public static ImmutableArray<TrainableParameter> Of(TabularHead head)
    {
        var weights = head.Parameters.Where(parameter => parameter.IsPenalized).Select(parameter => parameter.Name).ToHashSet(StringComparer.Ordinal);

        // From the margins backwards: a value is "deep" once the way from it to the margins passes weights of another node.
        var deep = new Dictionary<string, bool>(StringComparer.Ordinal) { [head.Margin] = false };
        foreach (var node in head.Graph.Nodes.Reverse())
        {
            if (!node.Outputs.Any(deep.ContainsKey))
            {
                continue;
            }

            bool isDeep = node.Outputs.Any(output => deep.GetValueOrDefault(output));
            bool hasWeights = node.Inputs.Any(weights.Contains);
            foreach (string input in node.Inputs.Where(input => input.Length > 0))
            {
                deep[input] = deep.GetValueOrDefault(input) || isDeep || (hasWeights && !weights.Contains(input) && !head.Graph.Initializers.ContainsKey(input));
            }
        }

        return [.. head.Parameters.Where(parameter => deep.TryGetValue(parameter.Name, out bool isDeep) && !isDeep)];
    }
}
