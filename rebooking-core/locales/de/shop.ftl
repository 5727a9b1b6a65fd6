### Comments on orders in the shop. Behind each stands a mark of ours, which is no text.

shop-moved = Umgebucht: { $before } → { $after }
# A linked order is about to be made.
shop-begun = Umbuchung begonnen: { $before } → { $after }
# Said of the original, then of the linked order.
shop-replaced-by = Umgebucht auf Bestellung { $number }: { $before } → { $after }
shop-replaces = Umgebucht von Bestellung { $number }: { $before } → { $after }
# Behind one of those above: what was paid, where that is not the list price, and what is due.
shop-paid = , bezahlt sind { $amount }
shop-due = , noch zu zahlen: { $amount }
shop-undone = Umbuchung aufgehoben
# What is given back, as bookkeeping needs it.
shop-difference = Preisunterschied { $gross } (netto { $net }, { $percent } % Steuer { $tax })
