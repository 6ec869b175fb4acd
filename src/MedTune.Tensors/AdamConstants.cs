namespace MedTune.Tensors;

/// <summary>The constants of one step of <see cref="AdamUpdate"/>.</summary>
/// <param name="Rate">How far to go.</param>
/// <param name="Beta1">Decay of the running mean of gradients.</param>
/// <param name="Beta2">Decay of the running mean of their squares.</param>
/// <param name="MeanScale">1 / (1 - Beta1^t) at step t, from 1.</param>
/// <param name="SquareScale">1 / (1 - Beta2^t).</param>
/// <param name="Epsilon">Added to the root, so that it never divides by zero.</param>
/// <param name="Decay">Share of every weight that is taken away: the learning rate times the weight decay.</param>
public readonly record struct AdamConstants(float Rate, float Beta1, float Beta2, float MeanScale, float SquareScale, float Epsilon, float Decay);
