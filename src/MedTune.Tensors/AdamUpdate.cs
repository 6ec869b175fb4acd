using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace MedTune.Tensors;

/// <summary>One step of Adam with decoupled weight decay (Loshchilov and Hutter, ICLR 2019) over some weights, in a single sweep of memory.</summary>
/// <remarks>
/// Per weight, every operation rounded once: <c>m = beta1 · m + (1 - beta1) · g; v = beta2 · v + (1 - beta2) · (g · g);
/// w = w - (decay · w + rate · (m · meanScale) / (sqrt(v · squareScale) + epsilon))</c>. Weights do not meet, so the bits depend neither on the vector width nor on
/// where the work is cut.
/// </remarks>
public static class AdamUpdate
{
    /// <summary>Applies the step.</summary>
    /// <param name="weights">Changed in place.</param>
    /// <param name="mean">Running mean of the gradients; changed in place.</param>
    /// <param name="square">Running mean of their squares; changed in place.</param>
    /// <param name="gradient">As long as the weights.</param>
    /// <param name="constants">The constants of this step.</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static void Apply(Span<float> weights, Span<float> mean, Span<float> square, ReadOnlySpan<float> gradient, in AdamConstants constants)
    {
        if (gradient.Length != weights.Length || mean.Length != weights.Length || square.Length != weights.Length)
        {
            throw new ArgumentException($"There are {weights.Length} weights; gradient ({gradient.Length}) and running means ({mean.Length}, {square.Length}) must be as many.");
        }

        ref float w = ref MemoryMarshal.GetReference(weights);
        ref float m = ref MemoryMarshal.GetReference(mean);
        ref float v = ref MemoryMarshal.GetReference(square);
        ref float g = ref MemoryMarshal.GetReference(gradient);
        switch (InstructionSets.Active)
        {
            case InstructionSet.Vector512: Sweep<Lanes512>(ref w, ref m, ref v, ref g, weights.Length, constants); break;
            case InstructionSet.Vector256: Sweep<Lanes256>(ref w, ref m, ref v, ref g, weights.Length, constants); break;
            case InstructionSet.Vector128: Sweep<Lanes128>(ref w, ref m, ref v, ref g, weights.Length, constants); break;
            default: Sweep<ScalarLanes>(ref w, ref m, ref v, ref g, weights.Length, constants); break;
        }
    }

    /// <summary>Whole registers, then the rest one by one: a lane's formula is that of a single float.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Sweep<T>(ref float weights, ref float mean, ref float square, ref float gradient, int length, in AdamConstants constants)
        where T : struct, ILanes<T>
    {
        int i = 0;
        for (; i <= length - T.Count; i += T.Count)
        {
            Step<T>(ref weights, ref mean, ref square, ref gradient, i, constants);
        }

        for (; i < length; i++)
        {
            Step<ScalarLanes>(ref weights, ref mean, ref square, ref gradient, i, constants);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Step<T>(ref float weights, ref float mean, ref float square, ref float gradient, int at, in AdamConstants constants)
        where T : struct, ILanes<T>
    {
        T w = T.Load(ref Unsafe.Add(ref weights, at));
        T g = T.Load(ref Unsafe.Add(ref gradient, at));
        T m = (T.Create(constants.Beta1) * T.Load(ref Unsafe.Add(ref mean, at))) + (T.Create(1 - constants.Beta1) * g);
        T v = (T.Create(constants.Beta2) * T.Load(ref Unsafe.Add(ref square, at))) + (T.Create(1 - constants.Beta2) * (g * g));
        m.Store(ref Unsafe.Add(ref mean, at));
        v.Store(ref Unsafe.Add(ref square, at));
        T step = (T.Create(constants.Rate) * (m * T.Create(constants.MeanScale))) / (T.SquareRoot(v * T.Create(constants.SquareScale)) + T.Create(constants.Epsilon));
        (w - ((T.Create(constants.Decay) * w) + step)).Store(ref Unsafe.Add(ref weights, at));
    }
}
