using MedTune.Data;
using MedTune.Tensors;

namespace MedTune.Training;

/// <summary>How far a boosting fit has got: first the search for the number of rounds, then the final sequence.</summary>
internal sealed class BoostingState
{
    private const int UnsearchedRounds = 50;

    private readonly BoostingObjective _objective;
    private readonly BoostingOptions _options;
    private readonly Booster[] _searching;
    private readonly int[][] _heldOut;
    private readonly Booster _final;
    private readonly TreeEnsembleBuilder _trees;
    private int _searched;
    private int _best;
    private double _bestLoss = double.PositiveInfinity;
    private int _grown;

    public BoostingState(BoostingObjective objective, BoostingOptions options, ulong seed, ulong stream, TaskPool pool)
    {
        (_objective, _options) = (objective, options);
        int[] all = [.. Enumerable.Range(0, objective.Count)];
        _heldOut = HeldOut(objective, options, seed + stream);
        _searching = [.. _heldOut.Select((held, fold) => new Booster(objective, [.. all.Except(held)], options, seed, StreamOf(stream, fold + 1), pool))];
        _final = new Booster(objective, all, options, seed, StreamOf(stream, 0), pool);
        _trees = new TreeEnsembleBuilder(objective.Margins);
    }

    /// <summary>Rounds taken, of any sequence.</summary>
    public int Steps => _searched + _grown;

    public bool IsFinished => !IsSearching && _grown >= Rounds;

    private bool IsSearching => _searching.Length > 0 && _searched < _options.Rounds && _searched - _best < _options.Patience;

    /// <summary>Where nothing could be held out (too few patients of a class), few rounds are the safe choice.</summary>
    private int Rounds => _searching.Length > 0
        ? Math.Max(1, _best)
        : _options.StoppingFolds < 1 ? _options.Rounds : Math.Min(UnsearchedRounds, _options.Rounds);

    public void Step()
    {
        if (IsSearching)
        {
            double loss = 0;
            double weight = 0;
            for (int fold = 0; fold < _searching.Length; fold++)
            {
                _searching[fold].Step(_searched);
                loss += _searching[fold].Loss(_heldOut[fold]);
                weight += _objective.Weight(_heldOut[fold]);
            }

            _searched++;
            if (loss / weight < _bestLoss)
            {
                (_best, _bestLoss) = (_searched, loss / weight);
            }

            return;
        }

        var trees = _final.Step(_grown++);
        for (int k = 0; k < trees.Length; k++)
        {
            _trees.Add(trees[k], _objective.Features, k);
        }
    }

    public FitRecord ToRecord()
    {
        var record = FittedTrees.ToRecord(_trees, _final.StartValues);
        record["rounds"] = [_grown];
        record["stop-loss"] = [_bestLoss];
        return record;
    }

    public void Save(BinaryWriter writer)
    {
        writer.Write(_searched);
        writer.Write(_best);
        writer.Write(_bestLoss);
        writer.Write(_grown);
        foreach (var booster in _searching)
        {
            booster.Save(writer);
        }

        _final.Save(writer);
        double[] trees = _trees.ToNumbers();
        writer.Write(trees.Length);
        foreach (double number in trees)
        {
            writer.Write(number);
        }
    }

    public void Load(BinaryReader reader)
    {
        _searched = reader.ReadInt32();
        _best = reader.ReadInt32();
        _bestLoss = reader.ReadDouble();
        _grown = reader.ReadInt32();
        foreach (var booster in _searching)
        {
            booster.Load(reader);
        }

        _final.Load(reader);
        var trees = new double[reader.ReadInt32()];
        for (int i = 0; i < trees.Length; i++)
        {
            trees[i] = reader.ReadDouble();
        }

        _trees.Load(trees);
    }

    /// <summary>Streams leave 40 bits for the sequence of a fit, its round and its margin.</summary>
    private static ulong StreamOf(ulong stream, int sequence) => (stream << 40) | ((ulong)sequence << 32);

    private static int[][] HeldOut(BoostingObjective objective, BoostingOptions options, ulong seed)
    {
        int[] all = [.. Enumerable.Range(0, objective.Count)];
        int most = Splits.MostFolds(objective.Strata.AsSpan(), objective.Groups.AsSpan(), all);
        if (options.StoppingFolds < 1 || most < 2)
        {
            return [];
        }

        int folds = Math.Min(most, options.StoppingFolds == 1 ? 5 : options.StoppingFolds);
        var assignment = Splits.KFold(objective.Strata.AsSpan(), objective.Groups.AsSpan(), folds, seed);
        return [.. Enumerable.Range(0, options.StoppingFolds == 1 ? 1 : folds).Select(assignment.TestRows)];
    }
}
