using MedTune.Graphs;

namespace MedTune.Prediction;

/// <summary>Trees that a margin is partly made of.</summary>
/// <param name="Features">The value the trees ask, Float [N, F].</param>
/// <param name="Columns">The raw column behind each feature, by its place in the manifest.</param>
/// <param name="Trees">The trees.</param>
/// <param name="Weight">What their answer is multiplied by.</param>
internal sealed record TreePart(string Features, int[] Columns, TreeEnsemble Trees, double Weight);
