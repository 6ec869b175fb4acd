namespace MedTune.Tensors;

/// <summary>The filters' elements a task sums: pairs of output blocks, input planes and taps, each from the first to before the end.</summary>
internal readonly record struct WeightGradientPart((int First, int End) Pairs, (int First, int End) Planes, (int First, int End) Taps);
