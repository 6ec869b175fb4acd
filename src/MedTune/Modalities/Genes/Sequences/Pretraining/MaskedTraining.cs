using MedTune.Graphs;
using MedTune.Graphs.Architectures;
using MedTune.Tensors;
using MedTune.Training;

namespace MedTune.Modalities.Genes;

/// <summary>The learning of hidden letters, step by step; its state can be saved between them.</summary>
internal sealed class MaskedTraining : IDisposable
{
    private const double WarmUp = 0.05;
    private const ulong MaskStream = 1UL << 62;

    private readonly GenomeWindows _windows;
    private readonly DnaPretrainingOptions _options;
    private readonly TaskPool _pool;
    private readonly NetworkTrainer _trainer;
    private readonly CosineSchedule _schedule;
    private readonly bool[] _hidden;

    public MaskedTraining(GenomeWindows windows, DnaPretrainingResult facts, DnaPretrainingOptions options, TaskPool pool)
    {
        (_windows, _options, _pool) = (windows, options, pool);
        _schedule = new CosineSchedule(options.Rate, (int)(WarmUp * facts.PlannedSteps), facts.PlannedSteps);
        _hidden = new bool[facts.Window];
        var network = PretrainedDna.Describe(facts, options.Seed);
        var training = new NetworkTrainingOptions
        {
            Optimizer = new AdamWOptions { WeightDecay = 0.01f },
            Rates = [new("*bias", 1, 0), new("*bn*", 1, 0), new("*norm*", 1, 0), new("positions.weight", 1, 0)],
            LargestGradient = 1,
            Averaging = 0.99f,
        };
        _trainer = new NetworkTrainer(network.Graph, Architecture.Logits, new LetterCrossEntropy(), network.Parameters, options.Batch, training, pool) { Seed = options.Seed };
    }

    /// <summary>Steps made so far.</summary>
    public int Steps => (int)_trainer.Steps;

    /// <summary>Learns from a batch; the loss of its hidden letters.</summary>
    public float Step()
    {
        (int step, int length) = (Steps, _windows.Length);
        for (int i = 0; i < _options.Batch; i++)
        {
            var tokens = _trainer.Input<long>("tokens").Slice(i * length, length);
            _windows.Write(_options.Seed, step, i, tokens);
            var random = new Philox(_options.Seed, RandomPurpose.Drawing, MaskStream | ((ulong)(uint)step << 16) | (uint)i);
            LetterMask.Apply(tokens, _trainer.Input<float>(Loss.TargetName).Slice(4 * i * length, 4 * length), _hidden, random, showsSome: true);
        }

        return _trainer.Step(_schedule.At(step));
    }

    /// <summary>The network with averaged weights.</summary>
    public Graph Result() => _trainer.AveragedResult();

    /// <summary>Writes everything that the next step depends on.</summary>
    public void Save(BinaryWriter writer) => _trainer.Save(writer);

    /// <summary>Goes on from what was saved.</summary>
    public void Load(BinaryReader reader) => _trainer.Load(reader);

    /// <summary>Losses of hidden letters in the held-out windows by a network and by the Markov model.</summary>
    /// <returns>Hidden letters, the mean losses, and the share that the network gets right.</returns>
    public (long Letters, double Masked, double Accuracy, double Markov) Judge(Graph network, CancellationToken cancellation)
    {
        (int length, int batch) = (_windows.Length, Math.Min(32, _windows.HeldOut.Count));
        using var plan = ExecutionPlan.Compile(network, new PlanOptions { Pool = _pool }.WithBatch(batch));
        var hidden = new bool[batch * length];
        (long letters, long right, double masked, double markov) = (0, 0, 0, 0);
        for (int start = 0; start < _windows.HeldOut.Count; start += batch)
        {
            cancellation.ThrowIfCancellationRequested();
            int count = Math.Min(batch, _windows.HeldOut.Count - start);
            for (int i = 0; i < count; i++)
            {
                var tokens = plan.Input<long>("tokens").Slice(i * length, length);
                _windows.HeldOut[start + i].CopyTo(tokens);
                LetterMask.Apply(tokens, [], hidden.AsSpan(i * length, length), new Philox(0, RandomPurpose.Evidence, (ulong)(start + i)), showsSome: false);
            }

            plan.Run();
            var logits = plan.Output<float>(Architecture.Logits);
            for (int place = 0; place < count * length; place++)
            {
                // Both models answer for the same letters: those with five known ones before them.
                long[] whole = _windows.HeldOut[start + (place / length)];
                if (hidden[place] && _windows.Markov.LossOf(whole, place % length) is double counted)
                {
                    (int target, int at) = ((int)whole[place % length], (place / length * 4 * length) + (place % length));
                    float[] own = [logits[at], logits[at + length], logits[at + (2 * length)], logits[at + (3 * length)]];
                    masked += PointwiseLoss.Of(own, target);
                    right += own[target] == own.Max() ? 1 : 0;
                    markov += counted;
                    letters++;
                }
            }
        }

        return (letters, masked / Math.Max(1, letters), (double)right / Math.Max(1, letters), markov / Math.Max(1, letters));
    }

    /// <inheritdoc/>
    public void Dispose() => _trainer.Dispose();
}
