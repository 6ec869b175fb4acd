using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace MedTune.Tensors;

/// <summary>One step of gradient descent with momentum over some weights, in a single sweep of memory.</summary>
/// <remarks>
/// Per weight, every operation rounded once: <c>g = gradient + decay · w; v = momentum · v + g; w = w - rate · s</c> with <c>s = v</c>, or
/// <c>g + momentum · v</c> for Nesterov's form. Weights do not meet, so the bits depend neither on the vector width nor on where the work is cut.
/// </remarks>
public static class MomentumUpdate
{
    /// <summary>Applies the step.</summary>
    /// <param name="weights">Changed in place.</param>
    /// <param name="velocity">As long as the weights and changed in place; without momentum it may be empty and is left alone.</param>
    /// <param name="gradient">As long as the weights.</param>
    /// <param name="rate">How far to go.</param>
    /// <param name="momentum">Share of the velocity that stays, from 0.</param>
    /// <param name="decay">Pull of every weight towards 0, added to its gradient.</param>
    /// <param name="isNesterov">Whether the step looks one momentum ahead.</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static void Apply(
        Span<float> weights, Span<float> velocity, ReadOnlySpan<float> gradient, float rate, float momentum, float decay, bool isNesterov)
    {
        if (gradient.Length != weights.Length || (momentum != 0 && velocity.Length != weights.Length))
        {
            throw new ArgumentException($"There are {weights.Length} weights; gradient ({gradient.Length}) and velocity ({velocity.Length}) must be as many.");
        }

        ref float w = ref MemoryMarshal.GetReference(weights);
        ref float v = ref momentum == 0 ? ref Unsafe.NullRef<float>() : ref MemoryMarshal.GetReference(velocity);
        ref float g = ref MemoryMarshal.GetReference(gradient);
        var constants = (rate, momentum, decay, isNesterov);
        switch (InstructionSets.Active)
        {
            case InstructionSet.Vector512: Sweep<Lanes512>(ref w, ref v, ref g, weights.Length, constants); break;
            case InstructionSet.Vector256: Sweep<Lanes256>(ref w, ref v, ref g, weights.Length, constants); break;
            case InstructionSet.Vector128: Sweep<Lanes128>(ref w, ref v, ref g, weights.Length, constants); break;
            default: Sweep<ScalarLanes>(ref w, ref v, ref g, weights.Length, constants); break;
        }
    }

    /// <summary>Whole registers, then the rest one by one: a lane's formula is that of a single float.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Sweep<T>(
        ref float weights, ref float velocity, ref float gradient, int length, (float Rate, float Momentum, float Decay, bool IsNesterov) constants)
        where T : struct, ILanes<T>
    {
        int i = 0;
        for (; i <= length - T.Count; i += T.Count)
        {
            Step<T>(ref weights, ref velocity, ref gradient, i, constants);
        }

        for (; i < length; i++)
        {
            Step<ScalarLanes>(ref weights, ref velocity, ref gradient, i, constants);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Step<T>(
        ref float weights, ref float velocity, ref float gradient, int at, (float Rate, float Momentum, float Decay, bool IsNesterov) constants)
        where T : struct, ILanes<T>
    {
        T w = T.Load(ref Unsafe.Add(ref weights, at));
        T g = T.Load(ref Unsafe.Add(ref gradient, at));
        g = constants.Decay == 0 ? g : g + (T.Create(constants.Decay) * w);
        if (constants.Momentum != 0)
        {
            T momentum = T.Create(constants.Momentum);
            T v = (momentum * T.Load(ref Unsafe.Add(ref velocity, at))) + g;
            v.Store(ref Unsafe.Add(ref velocity, at));
            g = constants.IsNesterov ? g + (momentum * v) : v;
        }

        (w - (T.Create(constants.Rate) * g)).Store(ref Unsafe.Add(ref weights, at));
    }
}
